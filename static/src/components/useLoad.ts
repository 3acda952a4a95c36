import { ref, type Ref } from 'vue'
import { useAction } from './useAction'

/** Fetches what a page shows, at once; `error` and `reload` serve a 重试 button. */
export function useLoad<T>(fetch: () => Promise<T>) {
  const data = ref(null) as Ref<T | null>
  const { busy, error, run } = useAction()
  const reload = () => run(async () => (data.value = await fetch()))
  void reload()
  return { data, busy, error, reload }
}
