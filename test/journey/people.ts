// The demo students who appear in the stories; the sandbox plays each one's part.
export interface Person {
  id: string
  number: string
  name: string
  phone: string
  /** The code of the document, where it is no resident identity card. */
  document?: string
  /** A number that the student logs in with besides. */
  otherPhone?: string
}

export const zhang: Person = { id: 'D01', number: '320102200703169961', name: '张示例', phone: '13900000001' }
export const li: Person = { id: 'D02', number: '320106199808229983', name: '李演示', phone: '13900000002' }
export const zhou: Person = { id: 'D08', number: '330106200109309914', name: '周比对', phone: '13900000008' }
export const wang: Person = { id: 'D07', number: '32010219970101985X', name: '王末位', phone: '13900000007' }
export const wu: Person = { id: 'D09', number: '370102198906149927', name: '吴无照', phone: '13900000009' }
export const sun: Person = { id: 'D12', number: '610103200004129907', name: '孙免缴', phone: '13900000012' }
export const qian: Person = { id: 'D13', number: '210102199712039885', name: '钱改号', phone: '13900000013', otherPhone: '13900000113' }
export const feng: Person = { id: 'D11', number: '430102200508019955', name: '冯参军', phone: '13900000011' }
export const ayinur: Person = { id: 'D04', number: '65010220020518994X', name: '阿依努尔·示例', phone: '13900000004' }
export const zhao: Person = { id: 'D05', number: '510104199502119936', name: '赵𠮷', phone: '13900000005' }
export const yan: Person = { id: 'D06', number: '420106199311059978', name: '王䶮', phone: '13900000006' }

export const chen: Person = { id: 'D03', number: '810000199907099953', name: '陈样本', phone: '13900000003', document: 'hk_macao_residence' }
export const chu: Person = { id: 'D15', number: '34010219920717986X', name: '褚返校', phone: '13900000015' }
export const zheng: Person = { id: 'D10', number: '440106199601279948', name: '郑留学', phone: '13900000010' }
export const alex: Person = { id: 'D14', number: 'P00000001', name: 'SAMPLE ALEX', phone: '13900000014', document: 'passport' }
export const shen: Person = { id: 'D18', number: '820000200303259845', name: '沈澳居', phone: '+85366000018', document: 'hk_macao_residence' }

export const people = [zhang, li, zhou, wang, wu, sun, qian, feng, chu, ayinur, zhao, yan, chen, zheng, alex, shen]

/** An invented ID number of somebody born on the given day; its check digit is right (GB 11643). */
export function idNumber(day: string, serial: number) {
  const first = `320102${day}${String(serial).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return first + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(first[at]), 0) % 11]
}
