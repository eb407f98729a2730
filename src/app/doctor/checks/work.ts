/** The doctor on work under way: whether the log is sealed, and whether jobs are done. */
import { ok, warn, wrong, type Check } from '../check.ts'
import { measureBacklog } from '../../backlog.ts'
import { one } from './database.ts'

const SEALED_WITHIN_SECONDS = 60
const JOB_STARTS_WITHIN_SECONDS = 15 * 60
const restart = ['systemctl restart dangvu', 'journalctl -u dangvu -p err -n 50'] as const

export const WORK_CHECKS: readonly Check[] = [
  {
    name: 'log-sealed',
    group: 'work',
    needsDatabase: true,
    examines: { vi: 'việc niêm phong nhật ký', en: 'the sealing of the log' },
    async run(scene) {
      if (!(await hasTables(scene))) return []
      const { unsealed, oldestUnsealedSeconds } = await measureBacklog(await scene.database())
      if (oldestUnsealedSeconds <= SEALED_WITHIN_SECONDS)
        return [ok('nhật ký đã niêm phong', 'the log is sealed')]
      return [
        wrong(
          [
            `nhật ký có ${unsealed} mục chưa niêm phong, cũ nhất ${minutes(oldestUnsealedSeconds)} phút`,
            `${unsealed} entries of the log are not sealed, the oldest since ${minutes(oldestUnsealedSeconds)} minutes`,
          ],
          [
            'cho dịch vụ chạy (nó niêm phong mỗi giây hai lần); nếu đang chạy thì xem lỗi',
            'let the service run, it seals twice a second; if it does, read its errors',
          ],
          ...restart,
        ),
      ]
    },
  },
  {
    name: 'jobs',
    group: 'work',
    needsDatabase: true,
    examines: { vi: 'việc nền', en: 'jobs' },
    async run(scene) {
      if (!(await hasTables(scene))) return []
      const { waiting, failed, oldestWaitingSeconds } = await measureBacklog(await scene.database())
      const findings = []
      if (failed > 0)
        findings.push(
          wrong(
            [
              `${failed} việc nền đã thử hết số lần mà chưa xong`,
              `${failed} jobs were tried as often as they may be and are not done`,
            ],
            [
              'xem lỗi của chúng, sửa nguyên nhân, rồi cho thử lại',
              'read their errors, mend the cause, then let them be tried again',
            ],
            'journalctl -u dangvu --grep "job failed" -n 20',
            'update graphile_worker._private_jobs set attempts = 0, run_at = now() where attempts >= max_attempts;',
          ),
        )
      if (oldestWaitingSeconds > JOB_STARTS_WITHIN_SECONDS)
        findings.push(
          warn(
            [
              `${waiting} việc nền đang đợi, lâu nhất ${minutes(oldestWaitingSeconds)} phút: không ai làm`,
              `${waiting} jobs wait, the oldest since ${minutes(oldestWaitingSeconds)} minutes: nobody does them`,
            ],
            [
              'cho dịch vụ chạy; nếu đang chạy thì xem lỗi',
              'let the service run; if it does, read its errors',
            ],
            ...restart,
          ),
        )
      return findings.length > 0
        ? findings
        : [ok(`việc nền: ${waiting} đang đợi`, `jobs: ${waiting} waiting`)]
    },
  },
]

const minutes = (seconds: number) => Math.round(seconds / 60)

/** Not before the first migration. */
async function hasTables(scene: Parameters<Check['run']>[0]): Promise<boolean> {
  const { there } = await one<{ there: boolean }>(
    scene,
    `select to_regclass('audit_tail') is not null and to_regclass('graphile_worker._private_jobs') is not null as there`,
  )
  return there
}
