type Rgb = [red: number, green: number, blue: number]

/** The darkest ground by day and the lightest by night on which words stand in the school's colour (styles.css). */
export const grounds: Record<'day' | 'night', Rgb> = { day: [243, 245, 248], night: [27, 34, 44] }
export const tints = { day: 0.08, night: 0.12 }
const steps: Record<'day' | 'night', (part: number) => number> = {
  day: (part) => Math.floor(part * 0.94),
  night: (part) => Math.ceil(part + (255 - part) * 0.06),
}

/** Paints the pages in the school's colour, as dark by day and as light by night as its words need (WCAG AA, 4.5 : 1). */
export function applyColour(colour: string) {
  for (const time of ['day', 'night'] as const)
    document.documentElement.style.setProperty(`--${time}`, readable(colour, time).join(','))
}

/** The school's colour, moved until it reads on its own tint over the ground. */
export function readable(colour: string, time: 'day' | 'night'): Rgb {
  let shade = parse(colour) ?? [31, 95, 168]
  while (contrast(shade, mix(grounds[time], shade, tints[time])) < 4.5) shade = shade.map(steps[time]) as Rgb
  return shade
}

function parse(colour: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim())
  return hex ? [parseInt(hex[1]!, 16), parseInt(hex[2]!, 16), parseInt(hex[3]!, 16)] : undefined
}

const mix = (ground: Rgb, over: Rgb, share: number) => ground.map((part, i) => part + (over[i]! - part) * share) as Rgb

/** How far two colours are apart, as WCAG counts it: 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
