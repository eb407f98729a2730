/** A page with every component in use, for those who write pages: look here before making a new one. */
import { Breadcrumbs, Paging, Tabs } from './navigation.tsx'
import { GalleryContent } from './gallery/content.tsx'
import { GalleryForms } from './gallery/forms.tsx'
import { GalleryLists } from './gallery/lists.tsx'
import type { Assets } from './layout.tsx'
import { Layout } from './layout.tsx'
import { PageTitle, Section } from './page-title.tsx'
import { SummaryList } from './summary-list.tsx'
import { Card } from './card.tsx'
import { Banner } from './notice.tsx'
import type { Session } from './header.tsx'
import type { FooterProps } from './footer.tsx'

export const SAMPLE_SESSION: Session = {
  person: 'Trần Thị Mẫu',
  hat: { id: 'h1', office: 'Phó Bí thư', organisation: 'Đảng ủy Phường Tân Tạo' },
  otherHats: [
    { id: 'h2', office: 'Đảng viên', organisation: 'Chi bộ khu phố 5' },
    {
      id: 'h3',
      office: 'Bí thư',
      organisation: 'Chi bộ khu phố 7',
      onBehalfOf: 'đồng chí Lê Văn Thử',
      waiting: 2,
    },
  ],
  switchAction: '/hat',
  signOutAction: '/sign-out',
  csrf: 'sample',
  notices: { href: '/notices', count: 3 },
  links: [{ href: '/me', text: 'Thông tin của tôi' }],
}

export const SAMPLE_FOOTER: FooterProps = {
  help: { who: 'Tổ 1 kèm 1 khu phố 5', phone: '0900 000 005' },
  preferences: { action: '/preferences', returnTo: '/', csrf: 'sample' },
  links: [
    { href: '/about', text: 'Về hệ thống này' },
    { href: '/verify', text: 'Kiểm tra một giấy' },
  ],
  version: 'Phiên bản 0.1.0',
}

export const SAMPLE_SITE = { name: 'Đảng vụ số' }

/** The developer's page of components; shows samples only, posts nowhere. */
export function GalleryPage(props: {
  readonly assets: Assets
  readonly largerText?: boolean | undefined
  readonly lang?: 'vi' | 'en' | undefined
}) {
  return (
    <Layout
      title="Các thành phần giao diện"
      assets={props.assets}
      lang={props.lang}
      site={{ ...SAMPLE_SITE, tagline: 'Bản dùng thử' }}
      session={SAMPLE_SESSION}
      strips={[
        { text: 'Chứng thư thử nghiệm: mọi giấy ở đây đều ghi TEST', kind: 'warning' },
        { text: 'Đồng hồ dùng thử: thứ Bảy, 21/11/2026', href: '/demo/clock' },
      ]}
      navigation={[
        { href: '/queue/mine', text: 'Cần tôi xử lý', count: 4, current: true },
        { href: '/queue/waiting', text: 'Đang chờ nơi khác', count: 11 },
        { href: '/queue/coming', text: 'Sắp đến tôi', count: 3 },
      ]}
      back={{ href: '/queue/mine', text: 'Về danh sách việc' }}
      aside={<GallerySide />}
      asideLabel="Thông tin kèm theo"
      footer={SAMPLE_FOOTER}
      largerText={props.largerText}
      address="https://dangvu.example/developer/gallery"
      printedAt="21/11/2026 09:30"
    >
      <Banner
        kind="success"
        title="Đã ký giấy giới thiệu"
        link={{ href: '/papers/1', text: 'Xem giấy giới thiệu số 117-GGT/ĐU' }}
      >
        <p>Hệ thống đang cấp số và đóng dấu, thường xong trong 1 phút.</p>
      </Banner>
      <PageTitle
        caption="Trang dành cho người viết phần mềm"
        title="Các thành phần giao diện"
        lead="Mỗi thành phần một lần, với lời văn thật."
      />
      <GalleryContent />
      <GalleryLists />
      <GalleryForms />
      <Section title="Tìm đường">
        <Breadcrumbs
          items={[
            { href: '/', text: 'Trang đầu' },
            { href: '/members', text: 'Đảng viên' },
          ]}
        />
        <Tabs
          label="Hồ sơ của tôi"
          items={[
            { href: '?open', text: 'Đang mở', count: 2, current: true },
            { href: '?closed', text: 'Đã xong', count: 7 },
          ]}
        />
        <Paging page={2} pages={14} hrefOf={(page) => `?page=${page}`} />
      </Section>
    </Layout>
  )
}

function GallerySide() {
  return (
    <Card title="Đảng viên">
      <SummaryList
        compact
        rows={[
          { term: 'Số thẻ', value: '079•••••••12', masked: true },
          { term: 'Vào Đảng', value: '03/02/2012' },
          { term: 'Nơi đi', value: 'Chi bộ khu phố 5' },
          { term: 'Nơi đến', value: 'Đảng bộ Xã Hàm Liêm' },
        ]}
      />
    </Card>
  )
}
