// What the phone knows of the sandbox's world, and what its owner does there.
// `world.now` is the newest state; listeners hear of every change.
const listeners = []
let last = ''

export const world = {
  holder: new URLSearchParams(location.search).get('user') || localStorage.getItem('holder') || 'D01',
  now: null,
}

export function onChange(listener) {
  listeners.push(listener)
}

// refresh asks for the state once and tells the listeners if it is another one.
export async function refresh() {
  const asked = world.holder
  const reply = await fetch(`/phone/api/state?user=${encodeURIComponent(asked)}`)
  if (reply.status === 404 && asked !== 'D01') return hold('D01')
  if (!reply.ok) throw new Error(`HTTP ${reply.status}`)
  const text = await reply.text()
  if (asked !== world.holder || text === last) return
  last = text
  world.now = JSON.parse(text)
  for (const listener of listeners) listener(world.now)
}

// hold hands the phone to another WeChat user.
export function hold(key) {
  world.holder = key
  localStorage.setItem('holder', key)
  last = ''
  return refresh()
}

// act does one thing in the world for the holder; it throws an Error with the sandbox's words.
export async function act(name, body = {}) {
  const reply = await fetch(`/phone/api/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ user: world.holder, ...body }),
  })
  const result = await reply.json()
  if (!reply.ok) throw new Error(result.error)
  await refresh()
  return result
}

// user is the WeChat user who holds the phone.
export function user() {
  return world.now.users.find((one) => one.key === world.holder)
}

// person is the demo student behind a WeChat user, if there is one.
export function person(key = world.holder) {
  return world.now.people.find((one) => one.id === key)
}
