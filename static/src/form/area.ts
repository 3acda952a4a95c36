import type { Area } from '@/api/form'

export interface AreaList {
  province_list: Record<string, string>
  city_list: Record<string, string>
  county_list: Record<string, string>
}

export interface Choice {
  code: string
  text: string
}

export const abroad = '国外'

let list: Promise<AreaList> | undefined

/** The regions of GB/T 2260, loaded when a page first needs them. */
export function loadAreas(): Promise<AreaList> {
  return (list ??= import('@vant/area-data').then((data) => data.areaList))
}

export const provinces = (areas: AreaList) => choices(areas.province_list, '')
export const cities = (areas: AreaList, province: string) => choices(areas.city_list, province.slice(0, 2))
export const counties = (areas: AreaList, city: string) => choices(areas.county_list, city.slice(0, 4))

function choices(names: Record<string, string>, prefix: string): Choice[] {
  return Object.entries(names)
    .filter(([code]) => code.startsWith(prefix))
    .map(([code, text]) => ({ code, text }))
}

/** The names of a region in one line; a city that only repeats its province (北京市) or is no place (县) is left out. */
export function areaText(areas: AreaList, code: string): string {
  const province = areas.province_list[code.slice(0, 2) + '0000'] ?? ''
  const city = areas.city_list[code.slice(0, 4) + '00'] ?? ''
  const county = areas.county_list[code] ?? ''
  const real = city !== province && city !== '县' && !city.includes('直辖')
  return province + (real ? city : '') + county
}

/** Reads a pasted address: the region it begins with, however short the names, and the rest as street. */
export function splitAddress(areas: AreaList, pasted: string): Area | undefined {
  const text = pasted.replace(/^(收?货?地址|通讯地址)[:：]?/, '').replace(/[\s,，、;；]+/g, '')
  const province = startOf(provinces(areas), text)
  if (!province) return undefined
  let rest = text.slice(province.length)
  const city = startOf(cities(areas, province.code), rest) ?? only(cities(areas, province.code))
  if (!city) return undefined
  rest = rest.slice(city.length)
  const county = startOf(counties(areas, city.code), rest)
  if (!county) return undefined
  return { code: county.code, text: areaText(areas, county.code), street: rest.slice(county.length) }
}

interface Start {
  code: string
  length: number
}

/** The place with whose name, whole or without its ending, the text begins. */
function startOf(places: Choice[], text: string): Start | undefined {
  for (const { code, text: name } of places) if (text.startsWith(name)) return { code, length: name.length }
  for (const { code, text: name } of places) {
    const short = name.replace(/(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|省|市|区|县)$/, '')
    if (short.length > 1 && text.startsWith(short)) return { code, length: short.length }
  }
  return undefined
}

/** A municipality has one city, which addresses often leave out. */
function only(places: Choice[]): Start | undefined {
  return places[0] && places.length <= 2 ? { code: places[0].code, length: 0 } : undefined
}
