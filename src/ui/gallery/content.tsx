/** The gallery's cards, pills, notices and figures. */
import { ButtonLink, ButtonRow, TextLink } from '../button.tsx'
import { CopyValue } from '../copy.tsx'
import { Card, CardGrid, LinkCard, NowCard, TaskCard } from '../card.tsx'
import { KeyFigures, StatTile, TileRow } from '../figures.tsx'
import { Banner, EmptyState, Expander, Inset, RefusalPanel, RuleBox, Warning } from '../notice.tsx'
import { Prose, Section } from '../page-title.tsx'
import { Deadline, Tag } from '../pill.tsx'
import { Progress, Stepper } from '../progress.tsx'

export function GalleryContent() {
  return (
    <>
      <NowCard
        title="Đồng chí cần làm gì bây giờ"
        deadline={{ tone: 'soon', text: 'Trước thứ Tư, 25/11/2026' }}
        actions={
          <ButtonRow>
            <ButtonLink href="/sign">Xem và ký giấy giới thiệu</ButtonLink>
            <ButtonLink href="/return" kind="secondary">
              Trả lại, nêu lý do
            </ButtonLink>
          </ButtonRow>
        }
        rule={
          <RuleBox citation="Quy định 294-QĐ/TW, mục 6.3.1b" href="/rules/294-6-3-1b">
            Cấp ủy cấp trên trực tiếp của tổ chức cơ sở đảng nơi đi làm thủ tục giới thiệu khi đảng viên
            chuyển ra ngoài đảng bộ.
          </RuleBox>
        }
      >
        <p>Kiểm tra giấy giới thiệu, rồi ký. Ký xong hệ thống cấp số, đóng dấu và gửi Đảng ủy nơi đến.</p>
      </NowCard>
      <Section title="Việc của đồng chí" about="Có 2 việc đang mở. Không có việc nào quá hạn.">
        <CardGrid>
          <TaskCard
            level={3}
            title="Chuyển sinh hoạt đảng chính thức"
            status="Đang ở: Đảng ủy Phường Tân Tạo, chờ ký giấy giới thiệu"
            deadline={{ tone: 'ok', text: 'Trước thứ Tư, 25/11/2026' }}
            action={{ href: '/dossiers/1', text: 'Xem hồ sơ' }}
          />
          <TaskCard
            level={3}
            title="Đảng phí tháng 11/2026"
            status="54.756 đồng · 1% tiền lương đóng BHXH tháng 10"
            deadline={{ tone: 'soon', text: 'Còn 9 ngày' }}
            action={{ href: '/fees', text: 'Nộp đảng phí', kind: 'primary' }}
          />
        </CardGrid>
      </Section>
      <Section title="Chuyển khoản">
        <p>
          <CopyValue name="số tài khoản" value="1017 588 888" copied="1017588888" />
        </p>
      </Section>
      <Section title="Làm thủ tục mới">
        <CardGrid>
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
        </CardGrid>
      </Section>
      <Section title="Hạn và trạng thái">
        <p>
          <Tag tone="ok">Còn 12 ngày làm việc</Tag> <Tag tone="soon">Hạn hôm nay, 17:00</Tag>{' '}
          <Tag tone="late">Quá hạn 2 ngày làm việc</Tag> <Tag>Đã đóng</Tag>
        </p>
        <Deadline tone="late" text="Quá hạn từ thứ Hai, 16/11/2026" />
      </Section>
      <Section title="Lời nhắn">
        <Banner kind="problem" title="Chưa gửi được">
          <p>Đồng chí Nguyễn Văn Mẫu vừa xử lý hồ sơ này lúc 09:12. Xin đọc lại rồi quyết định.</p>
        </Banner>
        <Banner kind="information" title="Nghỉ Tết: mọi hạn được tính lùi theo lịch làm việc" />
        <RefusalPanel
          title="Chưa thể gửi hồ sơ"
          what="Hồ sơ chuyển sinh hoạt của đồng chí chưa gửi được."
          why="Đảng viên đang trong thời gian xem xét kỷ luật thì chưa chuyển sinh hoạt đảng."
          citation="Quy định 294-QĐ/TW, mục 6.3.1"
          mend={
            <>
              <p>
                Chờ kết luận của tổ chức đảng. Khi có kết luận, hệ thống báo đồng chí ngay và giữ nguyên bản
                đã viết.
              </p>
              <ButtonRow>
                <ButtonLink href="/" kind="secondary">
                  Về trang đầu
                </ButtonLink>
              </ButtonRow>
            </>
          }
          reference="Mã khi gọi người giúp: transfer.under-inspection · 7f3a91"
        />
        <Warning>Ký rồi thì không sửa được nữa. Nếu sai phải thu hồi và cấp giấy khác.</Warning>
        <Inset>Đồng chí cầm hồ sơ giấy niêm phong tới nơi đến trong 30 ngày làm việc.</Inset>
        <Expander summary="Vì sao phải chọn trước khi tải lên?">
          <p>Tài liệu có dấu mật không được đưa lên hệ thống này.</p>
        </Expander>
        <RuleBox setting="Thiết lập của đơn vị, áp dụng từ 01/07/2026; có thể thay đổi.">
          Phường cùng một thành phố chuyển qua Ban Tổ chức Thành ủy.
        </RuleBox>
        <Prose>
          <p>
            Đoạn văn thường, có <TextLink href="/guide">một đường dẫn</TextLink> ở trong.
          </p>
          <ul>
            <li>Quyết định chuyển công tác</li>
            <li>Bản tự kiểm điểm, có nhận xét của chi bộ</li>
          </ul>
        </Prose>
        <EmptyState
          title="Không có việc nào đang chờ đồng chí"
          action={
            <ButtonRow>
              <ButtonLink href="/new" kind="secondary">
                Làm thủ tục mới
              </ButtonLink>
            </ButtonRow>
          }
        >
          Khi có việc mới, hệ thống báo ở mục Thông báo.
        </EmptyState>
      </Section>
      <Section title="Con số">
        <TileRow>
          <StatTile href="?late" label="Quá hạn" value="2" tone="late" about="Lâu nhất 3 ngày" />
          <StatTile href="?today" label="Hạn hôm nay" value="5" tone="soon" />
          <StatTile href="?all" label="Đang mở" value="37" />
        </TileRow>
        <Card level={3} title="Tháng 11/2026">
          <KeyFigures
            figures={[
              { label: 'Đảng viên', value: '4.212', about: 'Tăng 3 so với tháng 10' },
              { label: 'Đã đóng đảng phí', value: '98,4%' },
              { label: 'Đảng phí đã thu', value: '231.540.000 đồng' },
            ]}
          />
        </Card>
      </Section>
      <Section title="Tiến độ">
        <Stepper text="Câu 3 trên 8" step={3} steps={8} />
        <Progress
          title="Đang nhập danh sách đảng viên"
          done={1240}
          total={4212}
          note="Danh sách của Đảng ủy Phường Cầu Kiệu"
          pollUrl="/imports/1/progress"
        />
      </Section>
    </>
  )
}
