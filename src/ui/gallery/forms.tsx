/** The gallery's form: each field once, some with errors; and the searches. */
import { Button, ButtonRow, PostButton } from '../button.tsx'
import { Checkbox, Checkboxes, Radios } from '../choice.tsx'
import { DateField, MonthField } from '../date-field.tsx'
import { ErrorSummary } from '../error-summary.tsx'
import { Fieldset } from '../field.tsx'
import { FileField } from '../file-field.tsx'
import { Form } from '../form.tsx'
import { Section } from '../page-title.tsx'
import { LookupField, SearchBox, SearchResults } from '../search.tsx'
import { SelectField, TextArea, TextField } from '../text-field.tsx'

export function GalleryForms() {
  return (
    <>
      <Section title="Biểu mẫu">
        <ErrorSummary
          errors={[
            { field: 'decision-date', text: 'Ngày quyết định phải từ hôm nay trở về trước' },
            { field: 'reason', text: 'Đồng chí chưa viết lý do trả lại' },
            { field: 'destination-kind', text: 'Đồng chí chưa chọn nơi đến' },
            { field: 'decision', text: 'Tệp này không phải PDF hay ảnh' },
          ]}
        />
        <SampleForm />
        <PostButton action="/cancel" csrf="sample" kind="danger">
          Rút hồ sơ
        </PostButton>
      </Section>
      <Section title="Tìm kiếm">
        <SearchBox
          action="/members"
          label="Tìm đảng viên"
          hint="Tên (không cần dấu), số thẻ đảng hoặc số định danh"
          value="nguyen van a"
          suggestUrl="/members/suggest"
        />
        <SearchResults
          results={[
            { id: '1', name: 'Nguyễn Văn An', about: 'Chi bộ khu phố 5 · vào Đảng 2012' },
            { id: '2', name: 'Nguyễn Văn Ánh', about: 'Chi bộ khu phố 7 · vào Đảng 1998' },
          ]}
          keyOf={(person) => person.id}
          title={(person) => person.name}
          about={(person) => person.about}
          hrefOf={(person) => `/members/${person.id}`}
        />
      </Section>
    </>
  )
}

function SampleForm() {
  return (
    <Form
      action="/sample"
      csrf="sample"
      commandId="00000000-0000-4000-8000-000000000000"
      expectedNumber={3}
      draftUrl="/sample/draft"
      files
    >
      <TextField
        name="phone"
        label="Số điện thoại"
        type="tel"
        width={20}
        value="0900 000 005"
        autocomplete="tel"
      />
      <TextField name="amount" label="Số tiền" numeric width={10} suffix="đồng" value="54.756" optional />
      <Radios
        name="destination-kind"
        label="Đồng chí chuyển đến đâu?"
        hint="Chọn một. Nếu chưa rõ, hỏi cơ quan nơi đến."
        error="Đồng chí chưa chọn nơi đến"
        choices={[
          { value: 'same', text: 'Chi bộ khác trong cùng đảng bộ cơ sở' },
          {
            value: 'other',
            text: 'Đảng bộ khác trong nước',
            hint: 'Xã, phường, cơ quan, doanh nghiệp khác',
            more: (
              <LookupField
                name="destination"
                label="Tên đảng bộ nơi đến"
                suggestUrl="/organisations/suggest"
              />
            ),
          },
          { value: 'abroad', text: 'Ra nước ngoài', refused: 'Thủ tục này chưa làm được trên hệ thống' },
        ]}
      />
      <Checkboxes
        name="papers"
        label="Đồng chí đã có giấy nào?"
        values={['decision']}
        choices={[
          { value: 'decision', text: 'Quyết định chuyển công tác' },
          { value: 'review', text: 'Bản tự kiểm điểm', hint: 'Có nhận xét của chi bộ' },
        ]}
      />
      <DateField
        name="decision-date"
        label="Ngày của quyết định"
        hint="Ví dụ: 16 11 2026"
        value={{ day: '31', month: '12', year: '2026' }}
        error="Ngày quyết định phải từ hôm nay trở về trước"
        wrong={['day', 'month']}
      />
      <MonthField
        name="paid-through"
        label="Đã đóng đảng phí hết tháng"
        value={{ month: '11', year: '2026' }}
      />
      <SelectField
        name="reason-kind"
        label="Lý do chuyển"
        empty="Chọn một lý do"
        options={[
          { value: 'work', text: 'Chuyển công tác' },
          { value: 'home', text: 'Chuyển nơi cư trú' },
        ]}
        value="home"
      />
      <TextArea
        name="reason"
        label="Lý do trả lại"
        hint="Đảng viên đọc được nguyên văn lời này."
        maxLength={500}
        error="Đồng chí chưa viết lý do trả lại"
      />
      <FileField
        name="decision"
        label="Quyết định chuyển công tác"
        hint="Chụp rõ cả 4 góc, hoặc chọn tệp PDF."
        kinds="PDF, ảnh JPG, PNG, HEIC"
        accept=".pdf,image/jpeg,image/png,image/heic"
        maxSize="20 MB"
        error="Tệp này không phải PDF hay ảnh"
        uploaded={[
          {
            id: 'f1',
            name: 'quyet-dinh.pdf',
            about: 'PDF, 1,2 MB',
            proof: '9f86d081 884c7d65',
            received: 'lúc 09:12',
            href: '/f/1',
            removeAction: '/f/1/remove',
          },
        ]}
      />
      <Fieldset legend="Cam đoan">
        <Checkbox name="promise" label="Tôi cam đoan lời khai trên là đúng" />
      </Fieldset>
      <ButtonRow>
        <Button>Gửi hồ sơ</Button>
        <Button kind="secondary" name="later" value="yes">
          Để sau
        </Button>
        <Button kind="quiet" formAction="/sample/discard">
          Bỏ bản đang viết
        </Button>
      </ButtonRow>
    </Form>
  )
}
