import { get, post } from './client'

export interface FollowCode {
  /** A picture as data URL. */
  qr: string
  expires_at: number
}

export const fetchFollowing = () => get<{ state: 'following' | 'not_following' | 'unknown' }>('/follow')
/** The account's code that carries this student; an expired one is renewed. */
export const offerFollow = () => post<FollowCode>('/follow')
