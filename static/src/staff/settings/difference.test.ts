import { describe, expect, it } from 'vitest'
import { differences, overlay, words } from './difference'

describe('differences', () => {
  it('goes down to what differs', () => {
    expect(differences({ a: { max: 1, min: 2 } }, { a: { max: 3, min: 2 } })).toEqual([{ path: 'a · max', from: '1', to: '3' }])
  })
  it('tells what a list lost and won', () => {
    expect(differences(['a', 'b', 'b'], ['b', 'c', 'b'], 'x')).toEqual([{ path: 'x', from: 'a', to: 'c' }])
    expect(differences(['a', 'b'], ['b'], 'x')).toEqual([{ path: 'x', from: 'a', to: '' }])
  })
  it('tells a changed order as such', () => {
    expect(differences(['a', 'b'], ['b', 'a'], 'x')).toEqual([{ path: 'x', from: '', to: '顺序有变化' }])
  })
  it('takes nothing for an empty list or object', () => {
    expect(differences(null, [], 'x')).toEqual([])
    expect(differences(null, ['a'], 'x')).toEqual([{ path: 'x', from: '', to: 'a' }])
    expect(differences(undefined, { face: 4 }, '')).toEqual([{ path: 'face', from: '', to: '4' }])
  })
  it('says keys and values in the words of the server', () => {
    const names = { photo: '证件照', 'photo.max': '最大', 'fields.a.b': '邮箱', fields: '各项', 'fields.*=required': '必填', 'list.*.text': '原因', 'vars.*=name': '姓名' }
    expect(differences({ max: 1 }, { max: 2 }, 'photo', names)).toEqual([{ path: '证件照 · 最大', from: '1', to: '2' }])
    expect(differences({}, { 'a.b': 'required' }, 'fields', names)).toEqual([{ path: '各项 · 邮箱', from: '', to: '必填' }])
    expect(differences([], [{ text: '因病', on: true }], 'list', names)).toEqual([{ path: 'list', from: '', to: '原因：因病 · 是' }])
    expect(differences(['x'], ['name'], 'vars', names)).toEqual([{ path: 'vars', from: 'x', to: '姓名' }])
    expect(words({ wechat: 'T', keywords: { thing1: 'name' } }, ['m', 'e'], { 'm.*.wechat': '模板', 'm.*.keywords.*=name': '姓名' })).toBe('模板：T · 姓名')
  })
  it('writes values as people read them', () => {
    expect(words({ code: 'a', off: true, days: [1, 2] })).toBe('a · 是 · 1、2')
  })
})

describe('overlay', () => {
  it('keeps lines in their places', () => {
    const lines = overlay(['menu', 'a', 'b'], ['menu', 'b', 'c'])
    expect(lines.map(({ mark, text }) => mark + text)).toEqual(['menu', '−a', 'b', '+c'])
  })
  it('takes an empty side', () => {
    expect(overlay([], ['a'])).toEqual([{ mark: '+', text: 'a' }])
    expect(overlay(['a'], [])).toEqual([{ mark: '−', text: 'a' }])
  })
})
