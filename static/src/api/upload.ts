import { readAnswer, unreachable, writeHeaders } from './client'

const patience = 120_000

/** Sends one file as multipart, with the short texts that belong to it; `progress` is told the share sent (0–1). A fetch could not tell it. */
export function upload<T>(path: string, field: string, file: Blob, progress: (share: number) => void = () => {}, texts: Record<string, string> = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api' + path)
    request.timeout = patience
    for (const [name, value] of Object.entries(writeHeaders)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0)
    request.onerror = () => reject(unreachable(false))
    request.ontimeout = () => reject(unreachable(true))
    request.onload = () => {
      try {
        resolve(readAnswer<T>(request.status, request.responseText))
      } catch (error) {
        reject(error)
      }
    }
    const form = new FormData()
    for (const [name, text] of Object.entries(texts)) form.append(name, text)
    form.append(field, file, file instanceof File ? file.name : `${field}.jpg`)
    request.send(form)
  })
}
