const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkDigits = '10X98765432'

/** What the student means: full-width digits and letters made half-width, blanks dropped, x written X. */
export function normalizeIdNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u200b-\u200d\ufeff·.\-—]/g, '').toUpperCase()
}

/** What is wrong with a resident's ID number (GB 11643), in words for the student; '' if nothing is. */
export function idNumberProblem(number: string): string {
  if (number === '') return '请输入证件号码。'
  if (!looksResident(number)) return /^[A-Z0-9]{5,18}$/.test(number) ? '' : '证件号码只有数字和字母，请检查。'
  if (number.length !== 18) return `身份证号应为 18 位，现在是 ${number.length} 位。`
  if (!/^\d{17}[\dX]$/.test(number)) return '身份证号前 17 位是数字，最后一位是数字或 X。'
  if (!isDate(number.slice(6, 14))) return '身份证号中的出生日期（第 7–14 位）不对，请检查。'
  return checkDigits[checkSum(number)] === number[17] ? '' : '身份证号有误（与最后一位校验码不符），请逐位核对。'
}

/** Document numbers with few digits or leading letters are passports and permits, which carry no checksum. */
function looksResident(number: string): boolean {
  return /^\d/.test(number) && number.length > 10
}

function checkSum(number: string): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(number[i]), 0) % 11
}

function isDate(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))]
  const date = new Date(year, month - 1, day)
  return year >= 1900 && date.getMonth() === month - 1 && date.getDate() === day && date < new Date()
}
