/** The words of refusals by the clock, the calendar, the signing keys, mail addresses, breaches and the first person. */
import { said } from '../web/refusal-texts.ts'
import type { RefusalTexts } from '../web/web.ts'

export const LIFECYCLE_REFUSALS: RefusalTexts = {
  'clock.not-demo': {
    vi: {
      title: 'Không chỉnh được đồng hồ',
      what: 'Chỉ bản dùng thử mới cho chỉnh đồng hồ.',
      why: 'Ở bản chính thức, thời hạn tính theo giờ thật.',
      mend: 'Để xem việc gì xảy ra khi hết hạn, đồng chí dùng bản dùng thử.',
    },
    en: {
      title: 'The clock cannot be moved',
      what: 'Only a demo lets its clock be moved.',
      why: 'A real installation counts its deadlines in real time.',
      mend: 'Use the demo to see what happens when time runs out.',
    },
  },
  'clock.never-backward': {
    vi: {
      title: 'Đồng hồ không lùi lại',
      what: 'Thời điểm đồng chí chọn sớm hơn giờ hiện tại của bản dùng thử.',
      why: 'Việc đã ghi không thể xảy ra sau việc chưa tới.',
      mend: 'Đồng chí chọn một thời điểm muộn hơn.',
    },
    en: {
      title: 'The clock does not go back',
      what: 'The time you chose is before the demo’s present time.',
      why: 'What was recorded cannot lie in the future.',
      mend: 'Choose a later time.',
    },
  },
  'clock.too-far': {
    vi: {
      title: 'Thời điểm quá xa',
      what: 'Đồng hồ của bản dùng thử chỉ đi trước giờ thật nhiều nhất năm năm.',
      why: 'Xa hơn thì chứng thư thử nghiệm hết hiệu lực.',
      mend: 'Đồng chí chọn một thời điểm gần hơn.',
    },
    en: {
      title: 'That is too far',
      what: 'The demo’s clock runs at most five years ahead of real time.',
      why: 'Beyond that its test certificates would have ended.',
      mend: 'Choose an earlier time.',
    },
  },
  'clock.invalid': {
    vi: {
      title: 'Chưa rõ thời điểm',
      what: 'Chưa đọc được ngày giờ đồng chí nhập.',
      mend: 'Đồng chí nhập ngày, tháng, năm, ví dụ 25 11 2026.',
    },
    en: {
      title: 'Which time?',
      what: 'The date could not be read.',
      mend: 'Enter day, month and year, for example 25 11 2026.',
    },
  },
  'calendar.day-invalid': {
    vi: {
      title: 'Chưa lưu được ngày này',
      what: 'Mỗi ngày nghỉ hoặc ngày hoán đổi cần có tên và văn bản làm căn cứ.',
      mend: 'Đồng chí ghi tên ngày và số văn bản.',
    },
    en: {
      title: 'The day was not saved',
      what: 'A holiday or a swapped day needs a name and the document it rests on.',
      mend: 'Enter its name and the document’s number.',
    },
  },
  'calendar.year-unknown': {
    vi: {
      title: 'Chưa có lịch của năm {year}',
      what: 'Hệ thống chưa biết ngày nghỉ của năm {year} nên không tính thời hạn.',
      why: 'Thời hạn tính bằng ngày làm việc, không được đoán.',
      mend: 'Đồng chí xem lại năm đã nhập, hoặc đề nghị người quản trị nhập ngày nghỉ của năm đó.',
    },
    en: {
      title: 'No calendar for {year}',
      what: 'The holidays of {year} are not known, so no deadline was computed.',
      why: 'Deadlines count working days and are never guessed.',
      mend: 'Check the year you entered, or ask the administrator to enter that year’s holidays.',
    },
  },
  'calendar.hours-invalid': {
    vi: {
      title: 'Giờ làm việc chưa hợp lệ',
      what: 'Giờ làm việc phải có ít nhất một buổi, các buổi theo thứ tự và không chồng lên nhau.',
      mend: 'Đồng chí sửa lại giờ bắt đầu và kết thúc của từng buổi.',
    },
    en: {
      title: 'The hours do not fit',
      what: 'There must be some work, and its stretches must be in order without overlapping.',
      mend: 'Correct the beginning and end of each stretch.',
    },
  },
  'setting.invalid': {
    vi: {
      title: 'Giá trị chưa hợp lệ',
      what: 'Giá trị mới không thuộc các giá trị mà thiết lập này nhận.',
      mend: 'Đồng chí chọn trong danh sách, hoặc ghi một số ngày hợp lý.',
    },
    en: {
      title: 'The value does not fit',
      what: 'The new value is not one this setting takes.',
      mend: 'Choose one of the list, or write a sensible number of days.',
    },
  },
  'signing.no-certificate': {
    vi: {
      title: 'Chưa ký được',
      what: 'Chưa có chứng thư số còn hiệu lực cho người hoặc tổ chức phải ký.',
      why: 'Giấy tờ chỉ được ký bằng chứng thư số đã cấp và còn hạn.',
      mend: 'Đồng chí báo người quản trị bổ sung chứng thư số; hồ sơ vẫn được giữ nguyên.',
    },
    en: {
      title: 'It cannot be signed yet',
      what: 'There is no valid certificate for the person or organisation that must sign.',
      why: 'Papers are signed only with a certificate that was issued and has not ended.',
      mend: 'Ask the administrator to add the certificate; nothing of the dossier is lost.',
    },
  },
  'signing.certificate-ended': said(
    [
      'Chứng thư số không còn hiệu lực',
      'Chứng thư số mang số sê-ri {serial} chỉ có hiệu lực từ {from} đến {until}. Chưa có gì được ký, chưa có gì được ghi.',
      'Chữ ký chỉ có giá trị khi chứng thư còn hiệu lực lúc ký.',
      'Đồng chí đề nghị nơi cấp gia hạn, báo người quản trị đưa chứng thư mới vào, rồi ký lại: hệ thống chỉ làm những việc còn lại.',
    ],
    [
      'The certificate does not serve any more',
      'The certificate with the serial number {serial} is valid from {from} to {until} only. Nothing was signed and nothing was written.',
      'A signature only counts when its certificate is valid while signing.',
      'Have it renewed, ask the administrator to put the new one in its place, then sign again: only what is left is done.',
    ],
  ),
  'signing.token-away': said(
    [
      'Không thấy thiết bị ký số',
      'Thiết bị giữ khóa ký (token) không có mặt hoặc không trả lời. Chưa có gì được ký.',
      null,
      'Đồng chí báo người quản trị cắm lại thiết bị; có lại là ký được ngay, không phải khởi động lại.',
    ],
    [
      'The signing token is not there',
      'The token that holds the key is not there or does not answer. Nothing was signed.',
      null,
      'Ask the administrator to plug it in; once it is back signing goes on, nothing needs to be restarted.',
    ],
  ),
  'signing.token-slow': said(
    [
      'Thiết bị ký số trả lời quá chậm',
      'Thiết bị giữ khóa ký (token) không trả lời kịp. Chưa có gì được ký.',
      null,
      'Đồng chí thử lại sau một phút; nếu vẫn vậy, báo người quản trị rút thiết bị ra cắm lại.',
    ],
    [
      'The signing token is too slow',
      'The token that holds the key did not answer in time. Nothing was signed.',
      null,
      'Try again in a minute; if it stays, ask the administrator to plug the token in anew.',
    ],
  ),
  'signing.pin-refused': said(
    [
      'Mã PIN ký số không được nhận',
      'Mã PIN đã ghi trong cấu hình không mở được thiết bị (hoặc dịch vụ) ký số, hoặc chỉ còn một lần thử. Chưa có gì được ký.',
      'Một mã PIN bị từ chối không được thử lại, để thiết bị không bị khóa.',
      'Đồng chí báo người quản trị ghi lại tệp PIN; ghi xong là ký tiếp được.',
    ],
    [
      'The PIN for signing was refused',
      'The PIN of the configuration does not open the token (or the service), or one try is left. Nothing was signed.',
      'A PIN that was refused is not tried again, so that the token is not locked.',
      'Ask the administrator to write the PIN file anew; then signing goes on.',
    ],
  ),
  'signing.not-confirmed': said(
    [
      'Người ký chưa xác nhận',
      'Dịch vụ ký số từ xa đã chờ người ký xác nhận trên điện thoại, nhưng chưa được xác nhận trong thời hạn, hoặc bị từ chối. Chưa có gì được ký.',
      null,
      'Đồng chí mở ứng dụng ký số trên điện thoại, rồi làm lại việc này và bấm xác nhận.',
    ],
    [
      'The signer did not confirm',
      'The remote signing service waited for the signer’s confirmation on the phone; it did not come in time, or it was a no. Nothing was signed.',
      null,
      'Open the signing application on the phone, do this again, and confirm.',
    ],
  ),
  'signing.service-away': said(
    [
      'Dịch vụ ký số từ xa không dùng được lúc này',
      'Dịch vụ giữ khóa ký không trả lời, từ chối, hoặc trả lời không đúng. Chưa có gì được ký.',
      null,
      'Đồng chí thử lại sau ít phút; nếu vẫn vậy, báo người quản trị.',
    ],
    [
      'The remote signing service cannot be used now',
      'The service that holds the key did not answer, refused, or answered wrongly. Nothing was signed.',
      null,
      'Try again in a few minutes; if it stays, tell the administrator.',
    ],
  ),
  'signing.wrong-key': said(
    [
      'Chữ ký nhận được không phải của chứng thư này',
      'Thiết bị (hoặc dịch vụ) ký số đã ký bằng một khóa khác với khóa của chứng thư đã đưa ra. Chữ ký đó bị bỏ; chưa có gì được ghi.',
      'Chữ ký chỉ được đưa vào giấy tờ sau khi đã đối chiếu với chứng thư.',
      'Đồng chí thử lại sau ít phút (chứng thư có thể vừa được thay); nếu vẫn vậy, báo người quản trị.',
    ],
    [
      'The signature is not of this certificate',
      'The token (or the service) signed with another key than that of the certificate it handed out. That signature was thrown away; nothing was written.',
      'A signature goes into a paper only once it was compared with the certificate.',
      'Try again in a few minutes (the certificate may just have been replaced); if it stays, tell the administrator.',
    ],
  ),
  'signing.changed-meanwhile': said(
    [
      'Giấy tờ đã thay đổi trong lúc chờ ký',
      'Trong lúc chờ người ký xác nhận, nội dung sẽ ký đã khác đi (ví dụ số văn bản đã được người khác lấy). Chữ ký vừa xác nhận không được dùng; chưa có gì được ghi.',
      'Chữ ký chỉ dùng cho đúng nội dung đã xác nhận.',
      'Đồng chí làm lại việc này và xác nhận lần nữa.',
    ],
    [
      'The paper changed while it was waited for',
      'While the signer was asked to confirm, what would be signed became something else (its number was taken by another paper, for example). The signature was not used; nothing was written.',
      'A signature is used for exactly what was confirmed.',
      'Do this again, and confirm once more.',
    ],
  ),
  'breach.unknown': said(
    ['Không thấy sự cố này', 'Không có sự cố mang mã này.', null, 'Đồng chí mở lại trang Sự cố lộ dữ liệu.'],
    ['This breach was not found', 'There is no breach of this id.', null, 'Open the page of breaches again.'],
  ),
  'breach.closed': said(
    [
      'Sự cố đã kết thúc',
      'Không ghi thêm vào sự cố đã kết thúc.',
      null,
      'Nếu có diễn biến mới, đồng chí ghi một sự cố mới và nhắc đến sự cố này.',
    ],
    [
      'The breach is closed',
      'Nothing is added to a closed one.',
      null,
      'If something new came up, record a new breach and name this one.',
    ],
  ),
  'breach.in-the-future': said(
    ['Lúc phát hiện ở tương lai', 'Sự cố được ghi sau khi phát hiện.', null, 'Đồng chí xem lại ngày và giờ.'],
    [
      'Found in the future',
      'A breach is recorded after it was found.',
      null,
      'Look at the day and the time again.',
    ],
  ),
  'mail.address-invalid': {
    vi: {
      title: 'Địa chỉ thư chưa đúng',
      what: 'Đây chưa phải là một địa chỉ thư điện tử.',
      mend: 'Đồng chí nhập lại, ví dụ ten@coquan.vn.',
    },
    en: {
      title: 'That is no e-mail address',
      what: 'This is not an e-mail address.',
      mend: 'Enter it again, for example name@office.vn.',
    },
  },
  'member.personal-id-invalid': {
    vi: {
      title: 'Số định danh chưa đúng',
      what: 'Số định danh cá nhân không hợp lệ hoặc không khớp giới tính, năm sinh ({finding}).',
      mend: 'Đồng chí xem lại số trên căn cước và nhập đủ 12 chữ số.',
    },
    en: {
      title: 'The personal ID does not fit',
      what: 'The personal ID is not valid, or does not agree with sex and year of birth ({finding}).',
      mend: 'Check the identity card and enter all 12 digits.',
    },
  },
  'member.personal-id-taken': {
    vi: {
      title: 'Số định danh đã có trong sổ bộ',
      what: 'Sổ bộ đã có người mang số định danh này.',
      mend: 'Đồng chí tìm người đó trong sổ bộ thay vì thêm mới.',
    },
    en: {
      title: 'The registry has this personal ID',
      what: 'Somebody with this personal ID is in the registry already.',
      mend: 'Look the person up instead of adding them.',
    },
  },
}
