/** `story`: plays the whole life of a procedure with all its people, and keeps every paper. */
import { textOf, UsageError, type Command } from './command.ts'

/** As `story.ts` plays them; naming them does not load what plays. */
const STORIES = ['official-transfer', 'temporary-transfer', 'residence-comment']

export const storyCommand: Command = {
  name: 'story',
  positionals: ['PROCEDURE'],
  flags: {
    out: {
      value: 'DIR',
      required: true,
      words: { vi: 'thư mục nhận các giấy tờ', en: 'folder for the papers' },
    },
  },
  summary: {
    vi: 'diễn trọn một thủ tục trên bản tạm, lưu mọi giấy tờ',
    en: 'play a whole procedure on a temporary instance and keep its papers',
  },
  about: {
    vi: [
      'PROCEDURE: official-transfer, temporary-transfer, residence-comment. Mọi người tham gia đăng nhập và làm phần việc của mình qua HTTP trên một bản tạm.',
      'DIR nhận mọi giấy tờ, ca.pem và index.json: [{"file", "kind", "number", "signers"}]. JSON: nội dung của index.json',
    ].join('\n'),
    en: [
      'PROCEDURE: official-transfer, temporary-transfer, residence-comment. Everybody signs in and does their part through HTTP on a temporary instance.',
      'DIR gets every paper, ca.pem and index.json: [{"file", "kind", "number", "signers"}]. JSON: what index.json holds',
    ].join('\n'),
  },
  async run(asked, io) {
    const [name = ''] = asked.positionals
    if (!STORIES.includes(name)) {
      throw new UsageError('usage.unknown-story', {
        vi: `Không có chuyện "${name}". Có: ${STORIES.join(', ')}`,
        en: `There is no story "${name}". There is: ${STORIES.join(', ')}`,
      })
    }
    const { runStory } = await import('./story.ts')
    io.result(await runStory(name, textOf(asked, 'out'), io))
    return true
  },
}
