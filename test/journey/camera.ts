// Makes the fake camera's film from the portrait: a moving JPEG of one still frame.
import { chromium } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'test-results')
export const camera = join(folder, 'camera.mjpeg')

export default async function makeFilm() {
  mkdirSync(folder, { recursive: true })
  const portrait = readFileSync(join(import.meta.dirname, 'portrait.jpg')).toString('base64')
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  const page = await browser.newPage()
  const frame = await page.evaluate(async (source) => {
    const image = new Image()
    image.src = 'data:image/jpeg;base64,' + source
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 640
    canvas.height = 480
    const pen = canvas.getContext('2d')!
    pen.fillStyle = '#c8c8c8'
    pen.fillRect(0, 0, 640, 480)
    const scale = 1.6
    const width = image.width * scale * (512 / image.width)
    const height = (width * image.height) / image.width
    pen.drawImage(image, 320 - width * 0.445, 20 - height * 0.02, width, height)
    return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!
  }, portrait)
  await browser.close()
  const still = Buffer.from(frame, 'base64')
  writeFileSync(camera, Buffer.concat(Array.from({ length: 20 }, () => still)))
}
