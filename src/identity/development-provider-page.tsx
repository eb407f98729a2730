/** The sign-in page of the development provider: who one wants to be, plainly marked as not the real VNeID. */
import { renderToString } from 'preact-render-to-string'

/** Somebody to sign in as in the demo. */
export interface DemoPerson {
  /** 12 digits */
  readonly personalId: string
  readonly name: string
  /** 'YYYY-MM-DD' */
  readonly birthDate: string
  /** the heading under which the person is listed, e.g. 'Bí thư chi bộ' */
  readonly role: string
}

interface LoginPageProps {
  /** where the form goes: /interaction/ID */
  readonly action: string
  readonly people: readonly DemoPerson[]
  /** what was searched, and who was found */
  readonly words: string
  readonly found: readonly DemoPerson[]
  readonly unknown: DemoPerson
}

export const LOGIN_STYLE = `
*{box-sizing:border-box}
body{margin:0;font:18px/1.5 system-ui,sans-serif;color:#16202c;background:#f4f6f8}
main{max-width:44rem;margin:0 auto;padding:1rem}
.mark{margin:0;padding:.75rem 1rem;background:#16202c;color:#fff;text-align:center;font-weight:700}
h1{font-size:1.6rem;margin:1rem 0 .5rem}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
fieldset{border:1px solid #8793a0;border-radius:8px;padding:.5rem 1rem 1rem;margin:1rem 0}
label.choice{display:block;min-height:44px;padding:.5rem 0}input[type=radio]{width:22px;height:22px;vertical-align:middle;margin-right:.5rem}
ul{list-style:none;margin:0;padding:0}li{margin:.5rem 0}
button{font:inherit;min-height:44px;padding:.5rem 1rem;border:1px solid #44515f;border-radius:8px;background:#fff;color:#16202c;text-align:left;cursor:pointer}
li button{width:100%}button:hover,button:focus{border-color:#0b4f8a;background:#eef5fb}
button small{display:block;color:#44515f;font-size:.9rem}
input[type=search]{font:inherit;min-height:44px;width:100%;max-width:24rem;padding:.5rem;border:1px solid #44515f;border-radius:8px}
:focus-visible{outline:3px solid #0b4f8a;outline-offset:2px}
.search{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}.search label{flex-basis:100%}`

/** The whole page as HTML. */
export function loginPage(props: LoginPageProps): string {
  return page(
    'Đăng nhập để thử',
    <>
      <h1>Đăng nhập để thử</h1>
      <p>Trang này đóng vai VNeID khi chạy thử. Chọn một người bên dưới; không cần mật khẩu.</p>
      <form method="get" action={props.action} class="search" role="search">
        <label for="search">Tìm người khác theo họ tên hoặc số định danh</label>
        <input type="search" id="search" name="words" value={props.words} maxLength={100} />
        <button type="submit">Tìm</button>
      </form>
      <form method="post" action={props.action}>
        <LevelChoice />
        {props.words !== '' && <Found people={props.found} />}
        {byRole(props.people).map(([role, people]) => (
          <PersonGroup key={role} title={role} people={people} />
        ))}
        <h2>Để thử việc bị từ chối</h2>
        <ul>
          <PersonButton person={props.unknown} id="person-unknown" />
          <li>
            <button type="submit" name="cancel" value="yes" id="cancel">
              Không đăng nhập nữa, quay lại
            </button>
          </li>
        </ul>
      </form>
    </>,
  )
}

/** Says that a sign-in cannot go on here. */
export function brokenPage(): string {
  return page(
    'Phiên đăng nhập thử đã hết',
    <>
      <h1>Phiên đăng nhập thử đã hết</h1>
      <p>Đồng chí quay lại trang trước và bấm đăng nhập lần nữa.</p>
    </>,
  )
}

function page(title: string, content: preact.ComponentChildren): string {
  const html = renderToString(
    <html lang="vi">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – môi trường thử`}</title>
        <style dangerouslySetInnerHTML={{ __html: LOGIN_STYLE }} />
      </head>
      <body>
        <header>
          <p class="mark">Môi trường thử – không phải VNeID thật</p>
        </header>
        <main>{content}</main>
      </body>
    </html>,
  )
  return `<!doctype html>${html}`
}

function LevelChoice() {
  return (
    <fieldset>
      <legend>Mức độ của tài khoản định danh</legend>
      <label class="choice" for="level-2">
        <input type="radio" id="level-2" name="level" value="2" checked />
        Mức độ 2 (bình thường)
      </label>
      <label class="choice" for="level-1">
        <input type="radio" id="level-1" name="level" value="1" />
        Mức độ 1 (để thử việc bị từ chối)
      </label>
    </fieldset>
  )
}

function Found({ people }: { readonly people: readonly DemoPerson[] }) {
  if (people.length > 0) return <PersonGroup title="Tìm thấy" people={people} showRole />
  return (
    <section>
      <h2>Tìm thấy</h2>
      <p>Không có ai như vậy trong danh sách.</p>
    </section>
  )
}

function PersonGroup(props: {
  readonly title: string
  readonly people: readonly DemoPerson[]
  readonly showRole?: boolean
}) {
  const { title, people, showRole } = props
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {people.map((person) => (
          <PersonButton
            key={person.personalId}
            person={person}
            id={`person-${person.personalId}`}
            showRole={showRole ?? false}
          />
        ))}
      </ul>
    </section>
  )
}

function PersonButton(props: {
  readonly person: DemoPerson
  readonly id: string
  readonly showRole?: boolean
}) {
  const { person, id, showRole } = props
  return (
    <li>
      <button type="submit" name="person" value={person.personalId} id={id}>
        {person.name}
        {showRole && <small>{person.role}</small>}
        <small>
          sinh {person.birthDate.split('-').reverse().join('/')} · số định danh …{person.personalId.slice(-4)}
        </small>
      </button>
    </li>
  )
}

/** People under their roles, in the order in which the roles first come. */
function byRole(people: readonly DemoPerson[]): [string, DemoPerson[]][] {
  const groups = new Map<string, DemoPerson[]>()
  for (const person of people) groups.set(person.role, [...(groups.get(person.role) ?? []), person])
  return [...groups]
}
