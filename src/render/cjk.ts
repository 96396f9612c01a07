/** Whether text has Chinese, Japanese or Korean characters, which many fonts, and pdfLaTeX, lack. */
export const hasCjk = (text: string): boolean => /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/.test(text)
