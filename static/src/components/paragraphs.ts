export interface Paragraph {
  kind: 'heading' | 'list' | 'text'
  lines: string[]
}

/** Parts a versioned text: blank lines between paragraphs, "# " headings, "- " list items. */
export function readParagraphs(body: string): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let open: Paragraph | undefined
  for (const line of body.split(/\r?\n/)) {
    const next = readLine(line.trim())
    if (!next) open = undefined
    else if (open && open.kind === next.kind && next.kind !== 'heading') open.lines.push(...next.lines)
    else paragraphs.push((open = next))
  }
  return paragraphs
}

function readLine(line: string): Paragraph | undefined {
  if (line === '') return undefined
  if (line.startsWith('# ')) return { kind: 'heading', lines: [line.slice(2)] }
  if (line.startsWith('- ')) return { kind: 'list', lines: [line.slice(2)] }
  return { kind: 'text', lines: [line] }
}
