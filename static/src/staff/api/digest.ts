import { get, post, put, remove } from './client'

/** The daily list of what waits: wanted, and whether a WeChat is bound for it; without an account it stays on the site. */
export interface Digest { wanted: boolean; wechat: boolean; account: boolean }

export const fetchDigest = () => get<Digest>('/digest')
export const setDigest = (wanted: boolean) => put('/digest', { wanted })
export const bindWeChat = (code: string) => post('/digest/wechat', { code })
export const unbindWeChat = () => remove('/digest/wechat')
