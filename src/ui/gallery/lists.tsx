/** The gallery's lists: facts, timeline, tables, results, files, a printed sheet. */
import { BulkTable, ResultList } from '../bulk.tsx'
import { ButtonLink } from '../button.tsx'
import { Card } from '../card.tsx'
import { CompactList, NextBar, PhoneOnly, WideOnly } from '../compact-list.tsx'
import { DataTable } from '../data-table.tsx'
import { FileList, QrCode } from '../file-list.tsx'
import { FilterBar, LiveFilter } from '../filter-bar.tsx'
import { EmptyState } from '../notice.tsx'
import { Section } from '../page-title.tsx'
import { Tag } from '../pill.tsx'
import type { Tone } from '../pill.tsx'
import { PrintedSheet } from '../print.tsx'
import { SummaryList } from '../summary-list.tsx'
import { SelectField, TextField } from '../text-field.tsx'
import { Timeline } from '../timeline.tsx'

interface Row {
  readonly id: string
  readonly name: string
  readonly from: string
  readonly due: string
  readonly tone: Tone
  readonly fee: string
}

const ROWS: readonly Row[] = [
  {
    id: 'd1',
    name: 'Nguyễn Văn An',
    from: 'Chi bộ khu phố 5',
    due: 'Thứ Tư, 25/11/2026',
    tone: 'soon',
    fee: '54.756',
  },
  {
    id: 'd2',
    name: 'Lê Thị Bình',
    from: 'Chi bộ Trường THCS Tân Tạo',
    due: 'Quá hạn 2 ngày',
    tone: 'late',
    fee: '102.000',
  },
  {
    id: 'd3',
    name: 'Phạm Quốc Cường',
    from: 'Chi bộ khu phố 12',
    due: 'Thứ Hai, 07/12/2026',
    tone: 'ok',
    fee: '7.020',
  },
]

const COLUMNS = [
  {
    key: 'name',
    title: 'Đảng viên',
    cell: (row: Row) => row.name,
    sort: { href: '?sort=name', now: 'up' as const },
  },
  { key: 'from', title: 'Nơi đi', cell: (row: Row) => row.from, sort: { href: '?sort=from' } },
  { key: 'due', title: 'Hạn', cell: (row: Row) => <Tag tone={row.tone}>{row.due}</Tag> },
  { key: 'fee', title: 'Đảng phí (đồng)', cell: (row: Row) => row.fee, numeric: true },
]

/** Stands for what the server draws: a small square code. */
const SAMPLE_SVG =
  '<svg viewBox="0 0 5 5" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h5v5H0z"/><path d="M0 0h2v1H1v1H0zM3 0h2v2H4V1H3zM0 3h1v1h1v1H0zM2 2h1v1h1v1H3v1h2V3H4V2H2z"/></svg>'

export function GalleryLists() {
  return (
    <>
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
              who: 'Bí thư Lê Văn Thử',
              note: 'Họp chi bộ 17/11; đảng phí đã đóng hết tháng 11',
            },
            {
              standing: 'now',
              title: 'Đảng ủy Phường Tân Tạo ký giới thiệu',
              when: 'Đang chờ đồng chí, hạn thứ Tư, 25/11/2026',
              rule: 'Quy định 294-QĐ/TW, mục 6.3.1b',
            },
            {
              standing: 'next',
              title: 'Đảng viên xuất trình tại nơi đến',
              when: 'Trong 30 ngày làm việc kể từ ngày giới thiệu',
            },
            {
              standing: 'next',
              title: 'Chi bộ nơi đến họp, tiếp nhận',
              note: 'Đảng số chuyển sang nơi đến từ lúc này',
            },
          ]}
        />
      </Card>
      <Card title="Hồ sơ bị vướng">
        <Timeline
          steps={[
            { standing: 'done', title: 'Đảng viên gửi hồ sơ', when: '16/11/2026 09:12' },
            {
              standing: 'problem',
              title: 'Chưa đóng được dấu',
              when: 'Từ 18/11/2026 10:40',
              who: 'Văn phòng Đảng ủy xử lý trước 19/11/2026',
            },
          ]}
        />
      </Card>
      <Card title="Thông tin đã khai">
        <SummaryList
          rows={[
            { term: 'Họ và tên', value: 'Nguyễn Văn An' },
            {
              term: 'Số định danh',
              value: '079•••••••12',
              masked: true,
              action: { href: '?reveal', text: 'Xem đủ số' },
            },
            { term: 'Nơi đến', value: 'Đảng bộ Xã Hàm Liêm', action: { href: '?edit', text: 'Sửa' } },
          ]}
        />
      </Card>
      <Card title="Giấy tờ">
        <FileList
          files={[
            { title: 'Quyết định chuyển công tác', about: 'PDF, 1,2 MB', standing: 'valid', href: '/f/1' },
            { title: 'Bản tự kiểm điểm', about: '2 chữ ký hợp lệ', standing: 'valid', href: '/f/2' },
            { title: 'Giấy giới thiệu', about: 'Chờ ký', standing: 'awaited' },
            { title: 'Bản nhận xét', about: 'Tệp đã bị sửa sau khi ký', standing: 'wrong' },
          ]}
        />
        <QrCode
          svg={SAMPLE_SVG}
          label="Mã vuông dẫn tới trang kiểm tra giấy"
          caption="Quét để kiểm tra giấy này"
        />
      </Card>
      <Section title="Danh sách">
        <FilterBar
          action="/dossiers"
          label="Lọc hồ sơ"
          active={[{ text: 'Quá hạn', hrefWithout: '/dossiers' }]}
          clearHref="/dossiers"
        >
          <TextField name="name" label="Họ tên" width={20} />
          <SelectField
            name="kind"
            label="Thủ tục"
            empty="Tất cả"
            options={[{ value: 'transfer', text: 'Chuyển sinh hoạt chính thức' }]}
          />
        </FilterBar>
        <LiveFilter of="sample-table" label="Lọc nhanh trong trang này" />
        <div id="sample-table">
          <DataTable
            caption="Hồ sơ đang mở"
            columns={COLUMNS}
            rows={ROWS}
            keyOf={(row) => row.id}
            total={['Cộng 3 hồ sơ', '', '', '163.776']}
          />
        </div>
        <WideOnly>
          <DataTable caption="Thu tháng này" columns={COLUMNS} rows={ROWS} keyOf={(row) => row.id} />
        </WideOnly>
        <PhoneOnly>
          <CompactList
            rows={ROWS.map(({ id, name, fee, tone, due }) => ({
              key: id,
              title: name,
              href: `?row=${id}`,
              value: fee,
              note: <Tag tone={tone}>{due}</Tag>,
            }))}
          />
          <NextBar text="Còn phải nộp 163.776 đ" action={<ButtonLink href="?collect">Thu tiền</ButtonLink>} />
        </PhoneOnly>
        <DataTable
          caption="Hồ sơ bị trả lại"
          columns={COLUMNS}
          rows={[]}
          keyOf={(row) => row.id}
          empty={<EmptyState title="Không có hồ sơ nào bị trả lại" />}
        />
      </Section>
      <Section title="Làm cùng lúc nhiều hồ sơ">
        <BulkTable
          caption="Hồ sơ chờ ký"
          hideCaption
          columns={COLUMNS}
          rows={ROWS}
          keyOf={(row) => row.id}
          nameOf={(row) => row.name}
          refusedFor={(row) => (row.id === 'd3' ? 'Hồ sơ của chính đồng chí' : undefined)}
          chosen={['d1']}
          action="/bulk"
          csrf="sample"
          actions={[
            { name: 'action', value: 'sign', text: 'Ký các hồ sơ đã chọn' },
            { name: 'action', value: 'assign', text: 'Giao người khác', kind: 'secondary' },
          ]}
        />
        <h3>Kết quả</h3>
        <ResultList
          results={[
            {
              id: 'd1',
              title: 'Nguyễn Văn An',
              ok: true,
              about: 'Giấy giới thiệu số 118-GGT/ĐU',
              href: '/dossiers/d1',
            },
            {
              id: 'd2',
              title: 'Lê Thị Bình',
              ok: false,
              about: 'Chi bộ chưa ký nhận xét. Nhắc chi bộ, rồi ký lại.',
              href: '/dossiers/d2',
            },
          ]}
        />
      </Section>
      <Section title="Trang để in">
        <PrintedSheet
          issuer="Đảng ủy Phường Tân Tạo"
          title="Phiếu hẹn xuất trình hồ sơ"
          signers={[{ office: 'Người lập', name: 'Trần Thị Mẫu' }, { office: 'Phó Bí thư' }]}
        >
          <p>Mời đồng chí Nguyễn Văn An đến Văn phòng Đảng ủy lúc 08:00, thứ Sáu, 27/11/2026.</p>
        </PrintedSheet>
      </Section>
    </>
  )
}
