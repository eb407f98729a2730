/** `doctor`: examines configuration, machine and database as the service would see them, and says how to mend what is wrong. */
import type { Scene } from '../doctor/check.ts'
import { examine, isWell } from '../doctor/examine.ts'
import { reportOf } from '../doctor/report.ts'
import { environmentOf, openScene } from '../doctor/scene.ts'
import { CommandError, optionalText, type Asked, type Command } from './command.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  positionals: [],
  flags: {
    environment: {
      value: 'FILE',
      words: {
        vi: 'đọc thêm các biến từ tệp này (EnvironmentFile của dịch vụ)',
        en: 'also read the variables of this file (the service’s EnvironmentFile)',
      },
    },
  },
  onlyLooks: true,
  readsConfiguration: false,
  summary: {
    vi: 'khám cấu hình và máy, nói cách sửa',
    en: 'examine configuration and machine, say how to mend',
  },
  about: {
    vi: 'Chỉ xem, không sửa gì, máy chủ chạy hay không đều được. Chạy bằng người dùng của dịch vụ, với biến của dịch vụ.\nMã kết thúc 0 khi không có gì sai và không còn điều gì chưa khám được; điều chỉ nên sửa (!) không tính.\nJSON: {"well", "findings": [{"check", "group", "level", "what", "fix", "lines"}]}',
    en: 'Only looks and mends nothing, with or without a running server. Run it as the service’s user, with its variables.\nExit code 0 when nothing is wrong and nothing was left unexamined; what is to be mended soon (!) does not count.\nJSON: {"well", "findings": [{"check", "group", "level", "what", "fix", "lines"}]}',
  },
  async run(asked, io) {
    const environmentFile = optionalText(asked, 'environment')
    const scene = openScene(await readEnvironment(environmentFile, asked), { environmentFile })
    try {
      const examined = await examine(scene)
      for (const line of reportOf(examined, io.language, mayColour(scene))) io.say(line)
      io.result({ well: isWell(examined), findings: examined })
      return isWell(examined)
    } finally {
      await scene.close()
    }
  },
}

async function readEnvironment(file: string | undefined, asked: Asked) {
  try {
    return await environmentOf(file, asked.env)
  } catch {
    throw new CommandError('file.unreadable', {
      vi: `Không đọc được tệp ${file}: xem đường dẫn và quyền đọc.`,
      en: `The file ${file} cannot be read: check its path and rights.`,
    })
  }
}

const mayColour = ({ env }: Scene) => process.stdout.isTTY && !env.NO_COLOR
