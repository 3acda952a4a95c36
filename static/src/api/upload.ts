import { readAnswer, unreachable, writeHeaders } from './client'

const patience = 120_000

/** Sends one file as multipart; `progress` is told the share sent (0–1). A fetch could not tell it. */
export function upload<T>(path: string, field: string, file: Blob, progress: (share: number) => void = () => {}): Promise<T> {
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
    form.append(field, file, file instanceof File ? file.name : `${field}.jpg`)
    request.send(form)
  })
}
