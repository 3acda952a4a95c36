/** Says in passing that something went through: 已保存. What went wrong belongs beside the button (ErrorNote). */
export async function say(words: string) {
  const { ElMessage } = await import('./message')
  ElMessage.success({ message: words, showClose: true })
}
