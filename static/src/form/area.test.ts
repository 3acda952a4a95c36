import { areaList } from '@vant/area-data'
import { expect, test } from 'vitest'
import { areaText, splitAddress } from './area'

test.each([
  ['320102', '江苏省南京市玄武区'],
  ['110101', '北京市东城区'],
  ['500229', '重庆市城口县'],
  ['429004', '湖北省仙桃市'],
])('%s is %s', (code, text) => expect(areaText(areaList, code)).toBe(text))

test.each([
  ['江苏省南京市玄武区示例路1号', '320102', '示例路1号'],
  ['收货地址：江苏 南京，玄武 示例路1号 2幢', '320102', '示例路1号2幢'],
  ['北京市东城区示例胡同1号', '110101', '示例胡同1号'],
  ['重庆市渝中区示例路1号', '500103', '示例路1号'],
  ['新疆乌鲁木齐市天山区示例路1号', '650102', '示例路1号'],
])('%s', (pasted, code, street) => expect(splitAddress(areaList, pasted)).toMatchObject({ code, street }))

test.each(['示例路1号', '江苏省示例路1号', ''])('%s is left to the student', (pasted) => {
  expect(splitAddress(areaList, pasted)).toBeUndefined()
})
