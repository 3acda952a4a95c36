const tones: Record<string, 'info' | 'good' | 'warn' | 'bad'> = {
  registered: 'good', resumed: 'good', returned: 'warn', submitted: 'warn', payable: 'warn', reserve_pending: 'warn', give_up_pending: 'warn',
  resume_pending: 'warn', lapsed: 'bad', cancelled: 'bad',
}

/** The colour of a student's status. */
export const tone = (status: string) => tones[status] ?? 'info'

/** Amounts as people write them: 2,400.00. */
export const yuan = (fen: number) => (fen / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 })
