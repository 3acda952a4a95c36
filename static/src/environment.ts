/** Where the pages are open. It decides how the student pays and whether we advise 用微信打开. */
export interface Environment {
  kind: 'wechat' | 'wechat-pc' | 'wecom' | 'dingtalk' | 'qq' | 'alipay' | 'browser' | 'unsupported'
  /** The app's name in Chinese, for sentences such as “您正在钉钉中打开”. */
  name: string
  /** A hand-held device: it has a camera of its own and can open WeChat itself. */
  phone: boolean
  /** WeChat's bridge is offered, so JSAPI payment works. */
  jsapi: boolean
  /** Another app's browser: offer 复制链接，用微信打开. */
  foreignApp: boolean
}

type Row = [pattern: RegExp, kind: Environment['kind'], name: string]

/** The first row that fits decides; 企业微信 and WeChat on a PC also call themselves MicroMessenger. */
const table: Row[] = [
  [/MSIE |Trident\/|Chrome\/([1-5]?\d|60)\.|Android [1-4].+Version\/4\.0 Mobile/, 'unsupported', '浏览器'],
  [/wxwork\//i, 'wecom', '企业微信'],
  [/(Windows|Mac)Wechat|\(PC;.+MicroMessenger\//i, 'wechat-pc', '电脑版微信'],
  [/MicroMessenger\//i, 'wechat', '微信'],
  [/DingTalk/i, 'dingtalk', '钉钉'],
  [/AlipayClient/i, 'alipay', '支付宝'],
  [/\bQQ\/\d/, 'qq', 'QQ'],
]

const handHeld = /Android|iP(hone|ad|od)|(Phone|Tablet); .*Harmony|Mobile/

/** Reads the environment off a user agent string; an iPad that asks for a desktop's pages tells itself by its fingers only. */
export function environmentOf(userAgent: string, fingers = 0): Environment {
  const row = table.find(([pattern]) => pattern.test(userAgent))
  const kind = row?.[1] ?? 'browser'
  return {
    kind,
    name: row?.[2] ?? '浏览器',
    phone: kind !== 'wechat-pc' && (handHeld.test(userAgent) || (fingers > 1 && /Macintosh/.test(userAgent))),
    jsapi: kind === 'wechat',
    foreignApp: kind === 'wecom' || kind === 'dingtalk' || kind === 'qq' || kind === 'alipay',
  }
}

export const environment = environmentOf(navigator.userAgent, navigator.maxTouchPoints)
