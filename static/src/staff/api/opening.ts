import { poll, put } from './client'

export type LightWord = 'good' | 'warn' | 'bad' | 'off'
export interface Light { key: string; name: string; light: LightWord; light_name: string; text: string; hint: string; oldest_at: number; gate: string }
/** A way to the outside that can be paused; `offered` is a sentence to begin with, `told` what students read now. */
export interface Gate {
  gate: string
  name: string
  does: string
  seen: string
  offered: string
  paused: boolean
  sentence: string
  told: string
  by: string
  at: number
  version: number
}
export interface Opening { at: number; lights: Light[]; gates: Gate[]; changes: Gate[] }

export const fetchOpening = () => poll<Opening>('/opening')
export const setGate = (gate: Gate, paused: boolean, sentence: string) => put(`/opening/gates/${gate.gate}`, { paused, sentence, version: gate.version })

/** The colour of a light; its word is always beside it. */
export const lightTone = { good: 'good', warn: 'warn', bad: 'bad', off: 'info' } as const
