/** Photos are made smaller before they are sent: at most 2000 pixels a side; PDF and HEIC stay as they are. */
import { fill, fresh } from './page.browser.ts'

const LONGEST_SIDE_PIXELS = 2000
const QUALITY = 0.8
/** Smaller files are sent as they are. */
const LEAVE_BELOW_BYTES = 700_000

/** File fields that shrink the photos put into them. */
export function shrinkPhotos(): void {
  for (const field of fresh<HTMLInputElement>('input[type=file][data-shrink]', 'shrink')) {
    const status = document.getElementById(`${field.id}-status`)
    field.addEventListener('change', async () => {
      const chosen = [...(field.files ?? [])]
      if (!chosen.some(worthShrinking)) return
      if (status) status.textContent = field.dataset['shrink'] ?? ''
      const ready = await Promise.all(chosen.map(smaller))
      const [before, after] = [bytes(chosen), bytes(ready)]
      if (after < before) put(field, ready)
      if (!status) return
      status.textContent =
        after < before
          ? fill(field.dataset['shrunk'] ?? '', { from: inWords(before), to: inWords(after) })
          : ''
    })
  }
}

function worthShrinking(file: File): boolean {
  return (file.type === 'image/jpeg' || file.type === 'image/png') && file.size > LEAVE_BELOW_BYTES
}

/** The photo as a smaller JPEG; the file itself where that is not smaller or the picture cannot be read. */
async function smaller(file: File): Promise<File> {
  if (!worthShrinking(file) || !('createImageBitmap' in window)) return file
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!picture) return file
  const scale = Math.min(1, LONGEST_SIDE_PIXELS / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const paint = canvas.getContext('2d')
  if (!paint) return file
  paint.fillStyle = '#fff'
  paint.fillRect(0, 0, canvas.width, canvas.height)
  paint.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (!blob || blob.size >= file.size) return file
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' })
}

function put(field: HTMLInputElement, files: readonly File[]): void {
  const list = new DataTransfer()
  for (const file of files) list.items.add(file)
  field.files = list.files
}

function bytes(files: readonly File[]): number {
  return files.reduce((sum, file) => sum + file.size, 0)
}

function inWords(size: number): string {
  const megabytes = size / 1_000_000
  return megabytes >= 1 ? `${megabytes.toFixed(1).replace('.', ',')} MB` : `${Math.round(size / 1000)} KB`
}
