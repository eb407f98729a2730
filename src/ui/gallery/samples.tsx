/** Two whole pages as they should feel: a member's home on a phone, an officer's dossier on a desk. */
import { ButtonLink, ButtonRow } from '../button.tsx'
import { Card, LinkCard, NowCard, TaskCard } from '../card.tsx'
import { FileList } from '../file-list.tsx'
import { SAMPLE_FOOTER, SAMPLE_SESSION, SAMPLE_SITE } from '../gallery.tsx'
import type { Assets } from '../layout.tsx'
import { Layout } from '../layout.tsx'
import { RuleBox } from '../notice.tsx'
import { PageTitle, Section } from '../page-title.tsx'
import { Tag } from '../pill.tsx'
import { SummaryList } from '../summary-list.tsx'
import { Timeline } from '../timeline.tsx'

export function SampleHome({ assets }: { readonly assets: Assets }) {
  const member = { id: 'h2', office: 'Đảng viên', organisation: 'Chi bộ khu phố 5' }
  return (
    <Layout
      title="Việc của đồng chí"
      assets={assets}
      site={SAMPLE_SITE}
      session={{ ...SAMPLE_SESSION, hat: member, otherHats: [] }}
      footer={SAMPLE_FOOTER}
    >
      <PageTitle title="Việc của đồng chí" lead="Có 2 việc đang mở. Không có việc nào quá hạn." />
      <TaskCard
        title="Đảng phí tháng 11/2026"
        status="54.756 đồng · 1% tiền lương đóng BHXH tháng 10"
        deadline={{ tone: 'soon', text: 'Còn 9 ngày' }}
        action={{ href: '/fees', text: 'Nộp đảng phí', kind: 'primary' }}
      />
      <TaskCard
        title="Chuyển sinh hoạt đảng chính thức"
        status="Đang ở: Đảng ủy Phường Tân Tạo, chờ ký giấy giới thiệu"
        deadline={{ tone: 'ok', text: 'Trước thứ Tư, 25/11/2026' }}
        action={{ href: '/dossiers/1', text: 'Xem hồ sơ' }}
      />
      <Section title="Làm thủ tục mới">
        <LinkCard
          href="/temporary"
          title="Chuyển sinh hoạt tạm thời"
          about="Đi học, công tác, làm việc nơi khác từ 3 tháng"
        />
        <LinkCard
          href="/residence"
          title="Xin nhận xét nơi cư trú"
          about="Chi bộ nơi ở nhận xét, gửi thẳng về nơi công tác"
        />
      </Section>
    </Layout>
  )
}

export function SampleDossier({ assets }: { readonly assets: Assets }) {
  return (
    <Layout
      title="Chuyển sinh hoạt đảng chính thức"
      assets={assets}
      site={SAMPLE_SITE}
      session={SAMPLE_SESSION}
      navigation={[
        { href: '/queue/mine', text: 'Cần tôi xử lý', count: 4, current: true },
        { href: '/queue/waiting', text: 'Đang chờ nơi khác', count: 11 },
        { href: '/queue/coming', text: 'Sắp đến tôi', count: 3 },
      ]}
      aside={<DossierSide />}
      asideLabel="Về hồ sơ này"
      footer={SAMPLE_FOOTER}
    >
      <PageTitle
        title="Chuyển sinh hoạt đảng chính thức"
        meta={
          <>
            <span>Hồ sơ 79.021-2026-000117</span>{' '}
            <Tag tone="soon">Đến lượt đồng chí, trước thứ Tư, 25/11/2026</Tag>
          </>
        }
      />
      <NowCard
        title="Đồng chí cần làm gì bây giờ"
        actions={
          <ButtonRow>
            <ButtonLink href="/sign">Xem và ký giấy giới thiệu</ButtonLink>
            <ButtonLink href="/return" kind="secondary">
              Trả lại, nêu lý do
            </ButtonLink>
          </ButtonRow>
        }
        rule={
          <RuleBox citation="Quy định 294-QĐ/TW, mục 6.3.1b">
            Cấp ủy cấp trên trực tiếp của tổ chức cơ sở đảng nơi đi làm thủ tục giới thiệu khi đảng viên
            chuyển ra ngoài đảng bộ.
          </RuleBox>
        }
      >
        <p>Kiểm tra giấy giới thiệu, rồi ký. Ký xong hệ thống cấp số, đóng dấu và gửi Đảng ủy nơi đến.</p>
      </NowCard>
      <Card title="Đường đi của hồ sơ">
        <Timeline
          steps={[
            {
              standing: 'done',
              title: 'Đảng viên gửi hồ sơ',
              when: '16/11/2026 09:12',
              note: 'Kèm quyết định chuyển công tác, bản tự kiểm điểm',
            },
            {
              standing: 'done',
              title: 'Chi bộ khu phố 5 nhận xét, ký',
              when: '18/11/2026',
              note: 'Họp chi bộ 17/11; đảng phí đã đóng hết tháng 11',
            },
            {
              standing: 'now',
              title: 'Đảng ủy Phường Tân Tạo ký giới thiệu',
              when: 'Đang chờ đồng chí, hạn thứ Tư, 25/11/2026',
            },
            {
              standing: 'next',
              title: 'Đảng viên xuất trình tại nơi đến',
              note: 'Trong 30 ngày làm việc kể từ ngày giới thiệu',
            },
            {
              standing: 'next',
              title: 'Chi bộ nơi đến họp, tiếp nhận',
              note: 'Đảng số chuyển sang nơi đến từ lúc này',
            },
          ]}
        />
      </Card>
    </Layout>
  )
}

function DossierSide() {
  return (
    <>
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
      <Card title="Giấy tờ">
        <FileList
          files={[
            { title: 'Quyết định chuyển công tác', about: 'PDF', standing: 'valid', href: '/f/1' },
            { title: 'Bản tự kiểm điểm', about: '2 chữ ký hợp lệ', standing: 'valid', href: '/f/2' },
            { title: 'Giấy giới thiệu', about: 'Chờ ký', standing: 'awaited' },
          ]}
        />
      </Card>
      <Card title="Hồ sơ giấy niêm phong">
        <p class="quiet">Chưa giao. Giao cho đảng viên sau khi ký; ghi số niêm phong tại đây.</p>
      </Card>
    </>
  )
}
