import { defineConfig } from '@playwright/test'
import { camera } from './camera'

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  globalSetup: './camera.ts',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // A busy machine may be late once; what needed it is listed as flaky, and twice is a fault.
  retries: 1,
  // Each file has a program of its own, so two of them walk at once.
  workers: 2,
  reporter: [['list']],
  use: {
    actionTimeout: 20_000,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
      ],
    },
  },
})
