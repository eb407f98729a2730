/** The doctor on certificates and keys: each file of SIGNING_FOLDER opened as the service opens it, and judged. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { NO_CERTIFICATE_OF_KEY, readKey, readRoots } from '../../folder-signing.ts'
import type { SigningKey } from '../../../signatures/authority.ts'
import { chainTo, readCertificate, readPem, type Certificate } from '../../../signatures/certificates.ts'
import { isReal, ok, warn, wrong, type Check, type Finding, type Scene } from '../check.ts'
import { one } from './database.ts'

/** A renewal at the authority takes weeks. */
const SOON_DAYS = 45
const DAY_MS = 86_400_000
/** NIST SP 800-57 part 1, 112 bits: RSA of 2048, curves of 224; curves here begin at 256. */
const LEAST_RSA_BITS = 2048
const OTHERS_AND_GROUP = 0o077

interface KeyFile {
  /** `organisations/79.021.000.000.000`, as the service looks for it */
  readonly name: string
  readonly path: string
}

export const KEY_CHECKS: readonly Check[] = [
  {
    name: 'certificates',
    group: 'keys',
    examines: { vi: 'chứng thư số và khóa', en: 'certificates and keys' },
    async run(scene) {
      const { signing } = scene.config
      if (!isReal(scene)) return []
      if (!signing) return [noFolder()]
      const [files, roots] = await Promise.all([listKeys(signing.folder), rootsOf(signing.folder)])
      const found = await Promise.all(files.map((file) => judgeFile(file, signing.password, roots, scene)))
      return [
        ...(files.some(({ name }) => name === 'system') ? [] : [noSystem(signing.folder)]),
        ...(roots.length > 0 ? [] : [noRoots(signing.folder)]),
        ...found.flat(),
      ]
    },
  },
  {
    name: 'key-rights',
    group: 'keys',
    examines: { vi: 'quyền đọc các tệp khóa', en: 'who may read the keys' },
    async run(scene) {
      const folder = scene.config.signing?.folder
      if (!isReal(scene) || folder === undefined) return []
      // A folder closed to others closes all that lies in it.
      if (!((await stat(folder)).mode & OTHERS_AND_GROUP))
        return [ok(`${folder} đóng với người khác`, `${folder} is closed to others`)]
      const files = await listKeys(folder)
      const open = await Promise.all(
        files.map(async ({ path }) => ((await stat(path)).mode & OTHERS_AND_GROUP) !== 0),
      )
      if (!open.includes(true))
        return [ok('các tệp khóa đóng với người khác', 'the keys are closed to others')]
      return [
        wrong(
          [
            `người khác trên máy đọc được khóa trong ${folder}`,
            `others on this machine may read the keys in ${folder}`,
          ],
          [
            'chỉ để dịch vụ đọc; coi các khóa đó như đã lộ',
            'let only the service read them, and take those keys for known',
          ],
          `chown -R dangvu: ${folder}`,
          `chmod -R go= ${folder}`,
        ),
      ]
    },
  },
  {
    name: 'certificate-holders',
    group: 'keys',
    needsDatabase: true,
    examines: { vi: 'chứng thư có đúng của tổ chức không', en: 'whose the certificates are' },
    async run(scene) {
      const { signing } = scene.config
      if (!isReal(scene) || !signing) return []
      if (
        !(
          await one<{ made: boolean }>(scene, `select to_regclass('organisation_period') is not null as made`)
        ).made
      )
        return []
      const files = (await listKeys(signing.folder)).filter(({ name }) => name.includes('/'))
      return (await Promise.all(files.map((file) => judgeHolder(file, signing.password, scene)))).flat()
    },
  },
]

/** Keys by the name the service looks for; of two forms it takes the first. */
async function listKeys(folder: string): Promise<KeyFile[]> {
  const inFolder = async (below: string) => {
    const names = await readdir(join(folder, below)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && below !== '') return []
      throw error
    })
    return names
      .filter((name) => /\.(p12|pem)$/.test(name))
      .sort()
      .map((name) => ({
        name: join(below, name.replace(/\.(p12|pem)$/, '')),
        path: join(folder, below, name),
      }))
  }
  const all = [...(await inFolder('')), ...(await inFolder('organisations')), ...(await inFolder('people'))]
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index)
}

const rootsOf = async (folder: string) =>
  (await readRoots(join(folder, 'roots'))).flatMap((pem) => readPem(pem))

async function judgeFile(
  { name, path }: KeyFile,
  password: string,
  roots: readonly Certificate[],
  { machine }: Scene,
): Promise<Finding[]> {
  let key: SigningKey
  try {
    key = await readKey(path, password)
  } catch (error) {
    return [unreadable(path, error as NodeJS.ErrnoException)]
  }
  const certificate = readCertificate(key.certificate)
  const faults = [
    ...validity(name, path, certificate, machine.now()),
    ...weakness(name, path, certificate),
    ...chain(name, certificate, key, roots, machine.now()),
  ]
  if (faults.length > 0) return faults
  const until = certificate.validTo.toISOString().slice(0, 10)
  return [ok(`${name}: ký được, còn hạn đến ${until}`, `${name}: signs, valid until ${until}`)]
}

function unreadable(path: string, error: NodeJS.ErrnoException): Finding {
  if (error.code === 'EACCES')
    return wrong(
      [`dịch vụ không được đọc ${path}`, `the service may not read ${path}`],
      ['giao tệp cho người dùng của dịch vụ', 'give the file to the service’s user'],
      `chown dangvu: ${path} && chmod 0600 ${path}`,
    )
  if (error.message === NO_CERTIFICATE_OF_KEY)
    return wrong(
      [
        `${path}: khóa không khớp chứng thư nào trong tệp`,
        `${path}: the key fits no certificate of the file`,
      ],
      [
        'ghép lại khóa với đúng chứng thư của nó; hai số dưới đây phải giống nhau',
        'put the key together with its own certificate: these two must be the same',
      ],
      `openssl pkey -in ${path} -pubout | sha256sum`,
      `openssl x509 -in ${path} -pubkey -noout | sha256sum`,
    )
  return wrong(
    [
      `${path}: không mở được khóa (sai mật khẩu, hoặc tệp hỏng)`,
      `${path}: the key does not open (wrong password, or a broken file)`,
    ],
    [
      'ghi đúng mật khẩu vào SIGNING_PASSWORD, hoặc vào tệp riêng bên cạnh',
      'write the right password into SIGNING_PASSWORD, or into a file of its own beside it',
    ],
    path.endsWith('.p12') ? `openssl pkcs12 -in ${path} -noout` : `openssl pkey -in ${path} -noout`,
    `install -o dangvu -m 0600 /dev/stdin ${path}.password`,
  )
}

function validity(name: string, path: string, { validFrom, validTo }: Certificate, now: Date): Finding[] {
  const day = (date: Date) => date.toISOString().slice(0, 10)
  const renew = [
    'xin cấp lại ở Ban Cơ yếu Chính phủ rồi thay tệp; không cần khởi động lại',
    'have it renewed and replace the file; no restart is needed',
  ] as const
  const replace = `install -o dangvu -m 0600 NEW ${path}`
  if (now > validTo)
    return [
      wrong(
        [
          `${name}: chứng thư hết hạn từ ${day(validTo)}`,
          `${name}: the certificate ended on ${day(validTo)}`,
        ],
        renew,
        replace,
      ),
    ]
  if (now < validFrom)
    return [
      wrong(
        [
          `${name}: chứng thư đến ${day(validFrom)} mới có hiệu lực`,
          `${name}: the certificate begins on ${day(validFrom)}`,
        ],
        [
          'dùng chứng thư cũ đến ngày đó, và xem lại đồng hồ của máy',
          'use the old one until then, and look at this machine’s clock',
        ],
        'timedatectl',
      ),
    ]
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS)
  if (days > SOON_DAYS) return []
  return [
    warn(
      [
        `${name}: chứng thư còn ${days} ngày (đến ${day(validTo)})`,
        `${name}: the certificate ends in ${days} days (${day(validTo)})`,
      ],
      renew,
      replace,
    ),
  ]
}

function weakness(name: string, path: string, { publicKey }: Certificate): Finding[] {
  const bits = publicKey.asymmetricKeyDetails?.modulusLength
  if (bits === undefined || bits >= LEAST_RSA_BITS) return []
  return [
    wrong(
      [`${name}: khóa RSA ${bits} bit quá yếu`, `${name}: an RSA key of ${bits} bits is too weak`],
      [
        `tạo khóa mới từ ${LEAST_RSA_BITS} bit và xin cấp chứng thư cho nó`,
        `make a key of ${LEAST_RSA_BITS} bits or more and have it certified`,
      ],
      `openssl req -new -newkey rsa:3072 -keyout new.key -out new.csr  # ${path}`,
    ),
  ]
}

/** Judged on a day on which the certificate itself is valid: one fault is told once. */
function chain(
  name: string,
  leaf: Certificate,
  key: SigningKey,
  roots: readonly Certificate[],
  now: Date,
): Finding[] {
  if (roots.length === 0) return []
  const at = now > leaf.validTo ? leaf.validTo : now < leaf.validFrom ? leaf.validFrom : now
  if (chainTo(leaf, key.chain.map(readCertificate), roots, at)) return []
  return [
    wrong(
      [
        `${name}: chứng thư không dẫn lên được chứng thư gốc nào trong roots/`,
        `${name}: the certificate leads to no root in roots/`,
      ],
      [
        'thêm chứng thư trung gian vào tệp, hoặc chứng thư gốc còn hạn vào roots/',
        'add the certificates between to the file, or the valid root to roots/',
      ],
      'cat key.pem certificate.pem intermediate.pem > NAME.pem',
    ),
  ]
}

/** The name in the certificate must be that of the registry. Of persons nothing is told but the file. */
async function judgeHolder({ name, path }: KeyFile, password: string, scene: Scene): Promise<Finding[]> {
  const key = await readKey(path, password).catch(() => undefined)
  if (!key) return [] // told by the check of the file
  const { commonName, organisation } = readCertificate(key.certificate)
  const [kind, id = ''] = name.split('/')
  const registered = await registeredName(kind === 'people', id, scene)
  if (registered === undefined)
    return [
      warn(
        [`${name}: sổ đăng ký không có mã này`, `${name}: the registry knows nobody of this name`],
        [
          'đặt tên tệp theo mã của tổ chức, hoặc id của đảng viên',
          'name the file after the organisation’s code, or the member’s id',
        ],
        `mv ${path} …`,
      ),
    ]
  if (
    [commonName, organisation].some(
      (text) => text !== undefined && saysName(text, registered, kind === 'people'),
    )
  )
    return [ok(`${name}: đúng tên trong sổ đăng ký`, `${name}: the name is the registry’s`)]
  return [
    wrong(
      [
        `${name}: chứng thư mang tên khác với sổ đăng ký`,
        `${name}: the certificate is made out to somebody else than the registry says`,
      ],
      [
        'thay bằng chứng thư của đúng tổ chức hoặc người ấy; xem tên ghi trong tệp',
        'replace it by the right one; look whose it is',
      ],
      `openssl x509 -in ${path} -noout -subject`,
    ),
  ]
}

async function registeredName(person: boolean, id: string, scene: Scene): Promise<string | undefined> {
  const database = await scene.database()
  const { rows } = await database.query<{ name: string }>(
    person
      ? `select full_name as name from member where id::text = $1`
      : `select p.name from organisation o join organisation_period p on p.organisation_id = o.id
          where (o.code = $1 or o.id::text = $1) and p.valid_from <= current_date
            and (p.valid_to is null or current_date < p.valid_to)`,
    [id],
  )
  return rows[0]?.name
}

/** Words that say which of an organisation's bodies is meant: the registry has the Đảng bộ, its certificate the Đảng ủy. */
const BODIES = /(?<![\p{L}\p{M}])(?:đảng|chi|bộ|ủy|uỷ|ban|chấp|hành|tỉnh|thành|phố)(?![\p{L}\p{M}])/gu

function plain(text: string, person: boolean): string {
  const small = text.normalize('NFC').toLocaleLowerCase('vi')
  const kept = person ? small : small.replace(BODIES, ' ')
  return kept.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/** Authorities add a place or a title to a name. */
function saysName(text: string, name: string, person: boolean): boolean {
  return ` ${plain(text, person)} `.includes(` ${plain(name, person)} `)
}

const noFolder = () =>
  wrong(
    [
      'chưa có SIGNING_FOLDER: không ký được giấy tờ nào',
      'there is no SIGNING_FOLDER: nothing can be signed',
    ],
    ['tạo thư mục và đặt chứng thư vào', 'make the folder and put the certificates there'],
    'install -d -o dangvu -m 0700 /etc/dangvu/signing',
    'SIGNING_FOLDER=/etc/dangvu/signing',
  )

const noSystem = (folder: string) =>
  wrong(
    [
      'thiếu chứng thư của hệ thống (system.p12 hoặc system.pem)',
      'the system’s certificate is missing (system.p12 or system.pem)',
    ],
    ['đặt chứng thư vào thư mục', 'put it into the folder'],
    `install -o dangvu -m 0600 system.p12 ${folder}/`,
  )

const noRoots = (folder: string) =>
  warn(
    [
      'chưa có chứng thư gốc: không chữ ký nào được tin khi kiểm tra',
      'there are no roots: no signature is trusted when papers are checked',
    ],
    ['đặt chứng thư gốc (PEM) vào roots/', 'put the roots (PEM) into roots/'],
    `install -D -o dangvu -m 0644 root.pem ${folder}/roots/root.pem`,
  )
