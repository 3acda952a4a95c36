type Rgb = [red: number, green: number, blue: number]

/** Paints the pages in the school's colour, darkened as far as white words on it need (WCAG AA, 4.5 : 1). */
export function applyColour(colour: string) {
  const rgb = readableUnderWhite(parse(colour) ?? [31, 95, 168])
  document.documentElement.style.setProperty('--brand', `rgb(${rgb.join(',')})`)
  document.documentElement.style.setProperty('--brand-tint', `rgba(${rgb.join(',')},.08)`)
}

function parse(colour: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim())
  return hex ? [parseInt(hex[1]!, 16), parseInt(hex[2]!, 16), parseInt(hex[3]!, 16)] : undefined
}

function readableUnderWhite(rgb: Rgb): Rgb {
  let shade = rgb
  while (1.05 / (luminance(shade) + 0.05) < 4.5) shade = shade.map((part) => Math.floor(part * 0.94)) as Rgb
  return shade
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
