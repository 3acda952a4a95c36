import { defineConfig } from '@playwright/test'
import { camera } from './camera'

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium'

export default defineConfig({
  testDir: '.',
  outputDir: 'test-results',
  globalSetup: './camera.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Each file has a program of its own, so two of them walk at once.
  workers: 2,
  reporter: [['list']],
  use: {
    actionTimeout: 10_000,
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
