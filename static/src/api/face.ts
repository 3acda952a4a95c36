import type { Me } from './me'
import { upload } from './upload'

export const checkFace = (photo: Blob) => upload<{ outcome: 'passed'; me: Me }>('/face', 'photo', photo)
export const archiveFace = (photo: Blob) => upload<Me>('/face/archive', 'photo', photo)
