// Builds elements: el('button.main', { onclick }, 'text', child …).
export function el(name, props = {}, ...children) {
  const [tag, ...classes] = name.split('.')
  const node = document.createElement(tag)
  if (classes.length) node.className = classes.join(' ')
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue
    if (key in node && key !== 'list') node[key] = value
    else node.setAttribute(key, value)
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return node
}

export function byId(id) {
  return document.getElementById(id)
}

let toastTimer

// toast shows one short sentence for a moment.
export function toast(text) {
  const box = byId('toast')
  box.textContent = text
  box.hidden = false
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => { box.hidden = true }, 2200)
}

// copy puts a text on the clipboard and says so.
export async function copy(text, said = '已复制') {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = el('textarea', { value: text })
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
  toast(said)
}

// copyButton copies the text at a tap.
export function copyButton(text, label = '复制', said) {
  return el('button.small', { type: 'button', onclick: () => copy(text, said), 'aria-label': `${label} ${text}` }, label)
}

// sheet slides a panel up over the phone and returns what closes it.
export function sheet(title, onDismiss, ...children) {
  let open = true
  const close = () => {
    if (!open) return
    open = false
    layer.remove()
    behind(Boolean(byId('sheets').childElementCount))
    before?.focus?.({ preventScroll: true })
  }
  const dismiss = () => {
    close()
    onDismiss?.()
  }
  const before = document.activeElement
  const panel = el('div.panel', { role: 'dialog', 'aria-modal': 'true', 'aria-label': title, tabIndex: -1 },
    el('div.panel-head', {}, el('h2', {}, title), el('button.close', { type: 'button', onclick: dismiss, 'aria-label': '取消' }, '✕')),
    ...children)
  const layer = el('div.layer', {
    onclick: (event) => { if (event.target === layer) dismiss() },
    onkeydown: (event) => { if (event.key === 'Escape') dismiss() },
  }, panel)
  byId('sheets').append(layer)
  behind(true)
  panel.focus({ preventScroll: true })
  return close
}

// behind keeps what lies behind a panel out of reach of the keyboard and of screen readers.
function behind(covered) {
  for (const node of document.querySelectorAll('.screens, .dock')) node.inert = covered
}

const zone = { timeZone: 'Asia/Shanghai' }

// clock writes a time as people in China say it: 10:32, or 11月2日 10:32 on another day.
export function clock(moment = Date.now()) {
  const at = new Date(moment)
  const time = at.toLocaleTimeString('zh-CN', { ...zone, hour: '2-digit', minute: '2-digit', hour12: false })
  const day = (one) => one.toLocaleDateString('zh-CN', { ...zone, month: 'long', day: 'numeric' })
  return day(at) === day(new Date()) ? time : `${day(at)} ${time}`
}

// yuan writes fen as an amount of money.
export function yuan(fen) {
  return (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}
