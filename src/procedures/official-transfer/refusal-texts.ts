/** The words of each "no" of the transfer, Vietnamese first: what happened, why, and how to mend it. */
import { said } from '../../web/refusal-texts.ts'
import type { RefusalTexts } from '../../web/web.ts'

/** Who may act at all, and whether it is the time for it. */
const TURN: RefusalTexts = {
  'dossier.unknown': said(
    [
      'Không tìm thấy hồ sơ này',
      'Không có hồ sơ ở địa chỉ này, hoặc hồ sơ không thuộc phần việc của đồng chí.',
      'Hồ sơ chỉ mở cho đảng viên có hồ sơ và các tổ chức trên đường đi của hồ sơ.',
      'Đồng chí kiểm tra lại số hồ sơ, hoặc chuyển sang tư cách khác ở đầu trang nếu đang giữ nhiều nhiệm vụ.',
    ],
    [
      'This dossier was not found',
      'There is no dossier at this address, or it is not part of your work.',
      'A dossier is open to its member and to the organisations on its way.',
      'Check the number of the dossier, or switch to another role at the head of the page.',
    ],
  ),
  'transfer.not-now': said(
    [
      'Hồ sơ đã sang bước khác',
      'Việc này không làm được ở bước hiện nay của hồ sơ.',
      'Có thể người khác vừa xử lý, hoặc trang đồng chí mở đã cũ.',
      'Đồng chí mở lại hồ sơ để xem đang ở bước nào và ai đang giữ.',
    ],
    [
      'The dossier is at another step',
      'This cannot be done at the present step of the dossier.',
      'Somebody may have acted just now, or your page is old.',
      'Open the dossier again to see where it stands and whose turn it is.',
    ],
  ),
  'transfer.not-yours': said(
    [
      'Việc này không thuộc nhiệm vụ đang chọn',
      'Với tư cách đang chọn, đồng chí không làm được việc này.',
      'Mỗi bước chỉ người giữ nhiệm vụ tương ứng trong tổ chức đang giữ hồ sơ mới làm được.',
      'Nếu đồng chí còn nhiệm vụ khác, chuyển tư cách ở đầu trang. Nếu không, báo người phụ trách của tổ chức đang giữ hồ sơ.',
    ],
    [
      'Not a task of the role you wear',
      'In the role chosen now you cannot do this.',
      'Each step is for those who hold the matching office in the organisation that has the dossier.',
      'If you hold another office, switch to it at the head of the page. Otherwise tell the organisation that has the dossier.',
    ],
  ),
  'transfer.own-dossier': said(
    [
      'Không tự giải quyết hồ sơ của mình',
      'Hồ sơ này là của đồng chí, hoặc do đồng chí nộp thay, nên đồng chí không xử lý được.',
      'Để khách quan, người xử lý phải là người khác.',
      'Nhờ một người khác giữ cùng nhiệm vụ, hoặc phó bí thư, xử lý hồ sơ này.',
    ],
    [
      'Nobody decides on the own dossier',
      'This dossier is yours, or you sent it for somebody, so you cannot handle it.',
      'To be impartial, somebody else has to act.',
      'Ask another holder of the office, or a deputy secretary, to handle it.',
    ],
  ),
  'transfer.signer-takes-no-number': said(
    [
      'Người ký không tự lấy số',
      'Đồng chí đã ký giấy này nên không lấy số và đóng dấu được.',
      'Tách người ký và người cấp số để không ai tự làm trọn một văn bản.',
      'Văn thư hoặc một người khác trong cơ quan lấy số và đóng dấu.',
    ],
    [
      'Who signs does not take the number',
      'You signed this letter, so you cannot number and seal it.',
      'Signing and numbering are kept in different hands.',
      'The clerk, or somebody else of the office, takes the number.',
    ],
  ),
  'transfer.already-open': said(
    [
      'Đồng chí đang có một hồ sơ chuyển sinh hoạt',
      'Mỗi đảng viên chỉ có một hồ sơ chuyển sinh hoạt chính thức đang mở.',
      null,
      'Mở hồ sơ đang có để làm tiếp. Muốn làm lại từ đầu, đồng chí rút hồ sơ đó trước.',
    ],
    [
      'A transfer is open already',
      'A member has only one official transfer open at a time.',
      null,
      'Open that dossier and go on with it. To start anew, withdraw it first.',
    ],
  ),
  'transfer.not-active': said(
    [
      'Chưa chuyển sinh hoạt được',
      'Sổ bộ chưa ghi đồng chí đang sinh hoạt ở tổ chức đảng nào, hoặc ghi đã thôi sinh hoạt.',
      'Chỉ đảng viên đang sinh hoạt mới chuyển sinh hoạt đảng chính thức.',
      'Báo chi ủy hoặc Ban Xây dựng Đảng nơi đồng chí sinh hoạt để kiểm tra sổ bộ.',
    ],
    [
      'A transfer is not possible yet',
      'The registry does not count this member in any organisation, or says that membership has ended.',
      'Only a member who is counted somewhere is transferred.',
      'Ask the committee of the cell, or the Party Building Commission, to check the registry.',
    ],
  ),
  'transfer.not-overdue': said(
    [
      'Chưa quá hạn',
      'Việc này chỉ làm khi đã quá hạn.',
      null,
      'Đồng chí xem hạn ở đầu hồ sơ; khi quá hạn hệ thống sẽ mở việc này.',
    ],
    [
      'Not overdue yet',
      'This is only done once the deadline has passed.',
      null,
      'See the deadline at the head of the dossier.',
    ],
  ),
  'transfer.already-noted': said(
    ['Đã ghi nhận quá hạn', 'Việc quá hạn xuất trình đã được ghi rồi.', null, 'Không cần làm lại.'],
    ['Noted already', 'That the letter is overdue has been noted.', null, 'Nothing more is needed.'],
  ),
  'transfer.already-reminded': said(
    ['Đã nhắc rồi', 'Đảng viên đã được nhắc bổ sung.', null, 'Chờ đến ngày được đóng hồ sơ ghi ở đầu trang.'],
    ['Reminded already', 'The member has been reminded.', null, 'Wait for the day shown on the dossier.'],
  ),
}

/** Sending, correcting, withdrawing. */
const REQUEST: RefusalTexts = {
  'transfer.incomplete': said(
    [
      'Hồ sơ còn thiếu',
      'Còn câu chưa trả lời hoặc giấy tờ chưa đính kèm. Các chỗ thiếu được liệt kê bên dưới.',
      null,
      'Bấm vào từng dòng để bổ sung. Những gì đã điền vẫn còn nguyên.',
    ],
    [
      'The request is not complete',
      'Some questions are not answered or papers are missing; they are listed below.',
      null,
      'Follow each line to complete it. What you have filled in is kept.',
    ],
  ),
  'transfer.late-unexplained': said(
    [
      'Cần giải trình vì nộp muộn',
      'Hạn làm thủ tục là {startBy}. Hồ sơ nộp sau ngày này vẫn được nhận, nhưng cần lời giải trình.',
      'Đảng viên làm thủ tục chuyển sinh hoạt trong 60 ngày làm việc kể từ khi quyết định có hiệu lực.',
      'Viết vài dòng nói rõ vì sao nộp muộn, rồi gửi.',
    ],
    [
      'Please explain why it is late',
      'The last day was {startBy}. A later request is still taken, with an explanation.',
      'The procedure starts within 60 working days of the decision taking effect.',
      'Write in a few lines why it is late, then send.',
    ],
  ),
  'transfer.not-declared': said(
    [
      'Đồng chí chưa cam đoan',
      'Hồ sơ chỉ gửi được khi đồng chí cam đoan lời khai là đúng.',
      'Cung cấp thông tin sai hoặc không đầy đủ là hành vi bị cấm.',
      'Đọc lại, đánh dấu vào ô cam đoan rồi gửi.',
    ],
    [
      'The declaration is missing',
      'A request is sent only when you declare that what it says is true.',
      'Giving wrong or incomplete information is prohibited.',
      'Read it once more, tick the declaration, then send.',
    ],
  ),
  'transfer.dates-impossible': said(
    [
      'Có ngày chưa hợp lý',
      'Một hoặc vài ngày đồng chí ghi không thể đúng; các chỗ đó được liệt kê bên dưới.',
      null,
      'Bấm vào từng dòng để sửa lại ngày.',
    ],
    [
      'A date cannot be right',
      'One or more of the dates cannot be right; they are listed below.',
      null,
      'Follow each line to correct it.',
    ],
  ),
  'transfer.signed-by-last': said(
    [
      'Không rút được nữa',
      'Giấy giới thiệu đã được nơi cuối cùng ký, nên đồng chí không tự rút hồ sơ được.',
      null,
      'Nếu không chuyển nữa, đồng chí báo đảng ủy nơi đi; đảng ủy hủy việc chuyển bằng văn bản.',
    ],
    [
      'It can no longer be withdrawn',
      'The last letter has been signed, so you cannot withdraw by yourself.',
      null,
      'If you do not move after all, tell the committee you came from; it undoes the transfer in writing.',
    ],
  ),
  'transfer.file-not-asked': said(
    [
      'Bước này không nhận tệp loại đó',
      'Tệp này chưa được yêu cầu ở bước hiện nay của hồ sơ.',
      null,
      'Đồng chí xem mục giấy tờ cần nộp và chọn đúng loại.',
    ],
    [
      'This kind of file is not asked for now',
      'At the present step of the dossier this file is not asked for.',
      null,
      'See which papers are needed and choose that kind.',
    ],
  ),
  'transfer.file-unknown': said(
    [
      'Không tìm thấy tệp',
      'Hồ sơ không có tệp này, hoặc tệp đã được gỡ.',
      null,
      'Mở lại hồ sơ để xem các tệp đang có.',
    ],
    ['File not found', 'The dossier has no such file, or it was taken off.', null, 'Open the dossier again.'],
  ),
  'transfer.file-class-missing': said(
    [
      'Cần trả lời về độ mật trước',
      'Hệ thống chưa biết tài liệu có đóng dấu mật hay không, nên chưa nhận tệp.',
      'Hệ thống này không được giữ tài liệu mật.',
      'Trả lời câu hỏi về độ mật, rồi mới chọn tệp.',
    ],
    [
      'Say first whether it is classified',
      'It is not known whether the document is marked secret, so the file was not taken.',
      'This system may not keep secret documents.',
      'Answer the question about secrecy, then choose the file.',
    ],
  ),
  'transfer.file-secret': said(
    [
      'Không nhận tài liệu mật',
      'Đồng chí cho biết tài liệu có đóng dấu mật. Hệ thống không đọc và không giữ lại gì của tài liệu, chỉ ghi rằng đã từ chối.',
      'Tài liệu mật không được đưa lên hệ thống này.',
      'Nộp trực tiếp tài liệu đó cho chi ủy theo quy định về bảo vệ bí mật. Nếu có bản không mật (ví dụ trích sao), đồng chí đính kèm bản đó.',
    ],
    [
      'Secret documents are not taken',
      'You said the document is marked secret. Nothing of it was read or kept, only that it was refused.',
      'Secret documents may not be put on this system.',
      'Hand it to the committee of your cell as the rules on secrets say. If there is a copy that is not secret, attach that.',
    ],
  ),
  'transfer.too-many-files': said(
    [
      'Quá nhiều tệp',
      'Mỗi hồ sơ nhận tối đa {max} tệp.',
      null,
      'Gỡ bớt tệp trùng, hoặc ghép các trang vào một tệp PDF.',
    ],
    [
      'Too many files',
      'A dossier takes {max} files at most.',
      null,
      'Take off duplicates, or join pages in one PDF.',
    ],
  ),
}

/** Where the referral may go. */
const ROUTE: RefusalTexts = {
  'transfer.destination-unknown': said(
    [
      'Chưa rõ nơi đến',
      'Chưa chọn nơi đến, hoặc tổ chức đã chọn hôm nay không còn hoạt động.',
      null,
      'Tìm và chọn lại tổ chức cơ sở đảng hoặc chi bộ nơi đến.',
    ],
    [
      'The destination is not known',
      'No destination was chosen, or it no longer exists today.',
      null,
      'Search for the organisation or cell again and choose it.',
    ],
  ),
  'transfer.destination-gone': said(
    [
      'Nơi đến đã thay đổi',
      '{destination} hôm nay không còn thuộc tổ chức đã ghi trong đường đi của giấy giới thiệu.',
      null,
      'Trả lại hồ sơ để đảng viên chọn lại nơi đến.',
    ],
    [
      'The destination has changed',
      '{destination} no longer belongs to the organisation named on the way of the letter.',
      null,
      'Return the dossier so that the member chooses the destination again.',
    ],
  ),
  'transfer.nothing-to-follow': said(
    [
      'Không có gì thay đổi',
      'Không tổ chức nào trên đường đi của hồ sơ này đã được sắp xếp lại.',
      null,
      'Hồ sơ được giải quyết tiếp như bình thường.',
    ],
    [
      'Nothing has changed',
      'No organisation on the way of this dossier was reorganised.',
      null,
      'The dossier goes on as it is.',
    ],
  ),
  'transfer.same-cell': said(
    ['Nơi đến trùng nơi đi', 'Đồng chí đang sinh hoạt ở chính chi bộ này.', null, 'Chọn chi bộ khác.'],
    ['Same as the origin', 'This is the cell you belong to now.', null, 'Choose another one.'],
  ),
  'transfer.choose-cell': said(
    [
      'Cần chọn chi bộ',
      'Đồng chí chuyển trong cùng một đảng bộ cơ sở, nên phải chọn rõ chi bộ nơi đến.',
      'Chuyển trong một đảng bộ cơ sở dùng giấy giới thiệu nội bộ, ghi thẳng chi bộ.',
      'Tìm và chọn chi bộ nơi đến.',
    ],
    [
      'Choose a cell',
      'You move inside one grassroots organisation, so the cell has to be named.',
      'Such a transfer uses an internal letter made out to the cell.',
      'Search for the cell and choose it.',
    ],
  ),
  'transfer.no-grassroots': said(
    [
      'Chưa chọn được nơi này',
      '{organisation} không thuộc một tổ chức cơ sở đảng nào trong sổ bộ.',
      'Giấy giới thiệu đi từ tổ chức cơ sở đảng đến tổ chức cơ sở đảng.',
      'Chọn một đảng bộ cơ sở, chi bộ cơ sở hoặc chi bộ. Nếu sổ bộ sai, báo quản trị của đơn vị.',
    ],
    [
      'This cannot be chosen',
      '{organisation} belongs to no grassroots organisation in the registry.',
      'A letter goes from one grassroots organisation to another.',
      'Choose a grassroots organisation or a cell. If the registry is wrong, tell the administrator.',
    ],
  ),
  'transfer.no-superior': said(
    [
      'Sổ bộ thiếu cấp trên',
      'Sổ bộ chưa ghi cấp ủy cấp trên của {organisation}, nên chưa biết ai giới thiệu.',
      null,
      'Báo quản trị của đơn vị bổ sung cấp trên trong sổ bộ, rồi làm lại.',
    ],
    [
      'The superior committee is missing',
      'The registry names no committee above {organisation}, so it is not known who refers.',
      null,
      'Ask the administrator to complete the registry, then try again.',
    ],
  ),
  'transfer.no-commission': said(
    [
      'Sổ bộ thiếu Ban Tổ chức',
      'Giấy giới thiệu phải qua Ban Tổ chức của {organisation}, nhưng sổ bộ chưa có Ban này.',
      null,
      'Báo quản trị của đơn vị bổ sung Ban Tổ chức vào sổ bộ, rồi làm lại.',
    ],
    [
      'The organisation commission is missing',
      'The letter has to pass the organisation commission of {organisation}, which the registry does not have.',
      null,
      'Ask the administrator to add it to the registry, then try again.',
    ],
  ),
  'transfer.no-seal-at-last': said(
    [
      'Nơi giới thiệu cuối cùng không có con dấu',
      '{organisation} không có con dấu nên không cấp được giấy giới thiệu sang nơi khác.',
      null,
      'Báo quản trị của đơn vị kiểm tra lại loại hình tổ chức trong sổ bộ.',
    ],
    [
      'The last body has no seal',
      '{organisation} has no seal and cannot issue the letter that is presented elsewhere.',
      null,
      'Ask the administrator to check the kind of this organisation in the registry.',
    ],
  ),
  'transfer.armed-forces': said(
    [
      'Chưa làm được với tổ chức đảng trong lực lượng vũ trang',
      'Nơi đi hoặc nơi đến thuộc quân đội, công an; hệ thống này chưa xử lý trường hợp đó.',
      null,
      'Đồng chí làm thủ tục trực tiếp tại cơ quan chính trị hoặc cấp ủy nơi mình sinh hoạt.',
    ],
    [
      'The armed forces are not handled here yet',
      'The origin or destination belongs to the army or police, which this system does not handle yet.',
      null,
      'Go to the political organ or committee of your unit in person.',
    ],
  ),
  'transfer.abroad': said(
    [
      'Chưa làm được với tổ chức đảng ở nước ngoài',
      'Chuyển sinh hoạt ra ngoài nước dùng giấy và đường đi riêng; hệ thống này chưa xử lý.',
      null,
      'Đồng chí làm thủ tục trực tiếp với cấp ủy nơi mình sinh hoạt.',
    ],
    [
      'Transfers abroad are not handled here yet',
      'Going abroad has its own letter and way, which this system does not handle yet.',
      null,
      'Ask the committee of your organisation in person.',
    ],
  ),
}

/** Checking, signing, blocking. */
const HANDLING: RefusalTexts = {
  'transfer.extended-once': said(
    [
      'Chỉ gia hạn một lần',
      'Thời gian kiểm tra hồ sơ này đã được gia hạn.',
      'Thời hạn kiểm tra chỉ kéo dài một lần, không quá một ngày làm việc.',
      'Nhận xử lý, hướng dẫn bổ sung, hoặc trả lại hồ sơ trước hạn.',
    ],
    [
      'Extended once already',
      'The time to check this dossier has been extended.',
      'It is extended only once, by one working day at most.',
      'Accept, ask for the supplement, or return it before the deadline.',
    ],
  ),
  'transfer.one-supplement': said(
    [
      'Đã hướng dẫn bổ sung một lần',
      'Ở bước này đảng viên đã được hướng dẫn bổ sung. Lần thứ hai cần nêu lý do và sẽ được báo cáo.',
      'Hướng dẫn bổ sung một lần, đầy đủ, cụ thể.',
      'Nếu thật cần, viết lý do vì sao phải hướng dẫn thêm lần nữa.',
    ],
    [
      'A supplement was asked for already',
      'At this step the member has had one instruction. A second needs a reason and is reported.',
      'Everything missing is told once, fully and specifically.',
      'If it is really needed, write why.',
    ],
  ),
  'transfer.close-too-early': said(
    [
      'Chưa đến ngày được đóng hồ sơ',
      'Hồ sơ không bổ sung được đóng từ ngày {closableOn}, sau khi đã nhắc đảng viên.',
      null,
      'Gọi cho đảng viên để nhắc. Hệ thống cũng tự nhắc trước ngày đó.',
    ],
    [
      'Too early to close',
      'An unanswered dossier may be closed from {closableOn}, after the member has been reminded.',
      null,
      'Call the member. The system reminds them too.',
    ],
  ),
  'transfer.member-held': said(
    [
      'Đảng viên chưa được chuyển sinh hoạt chính thức',
      'Đang có việc kiểm tra, khiếu nại, tố cáo hoặc xem xét kỷ luật liên quan đến đảng viên.',
      'Đảng viên đang được kiểm tra, thanh tra hoặc có đơn đang xem xét thì chưa chuyển sinh hoạt đảng chính thức.',
      'Chờ cơ quan kiểm tra kết luận và gỡ tạm dừng. Thời hạn của hồ sơ dừng lại trong lúc chờ.',
    ],
    [
      'Not yet to be transferred',
      'An inspection, a complaint or a disciplinary matter concerning the member is open.',
      'Such a member is not yet transferred officially.',
      'Wait until the inspection body has decided and lifts the block. The deadline stands still meanwhile.',
    ],
  ),
  'transfer.hold-unknown': said(
    [
      'Không có lệnh tạm dừng này',
      'Không tìm thấy lệnh tạm dừng, hoặc đã được gỡ.',
      null,
      'Mở lại trang của đảng viên để xem.',
    ],
    [
      'No such hold',
      'The hold was not found, or has been lifted.',
      null,
      'Open the page of the member again.',
    ],
  ),
  'transfer.cell-review-missing': said(
    [
      'Còn thiếu nhận xét của chi bộ',
      'Chi bộ ghi ngày họp, nhận xét bản tự kiểm điểm và tháng đã đóng đảng phí rồi mới ký.',
      null,
      'Điền đủ ba mục rồi ký lại. Những gì đã viết vẫn còn.',
    ],
    [
      'The comment of the cell is missing',
      'Before signing, the cell states the day it met, its comment on the self-review, and the month fees are paid through.',
      null,
      'Fill in all three and sign again. What you wrote is kept.',
    ],
  ),
  'transfer.committee-comment-missing': said(
    [
      'Còn thiếu nhận xét của cấp ủy',
      'Cấp ủy cơ sở nhận xét bản tự kiểm điểm trước khi ký giới thiệu.',
      null,
      'Viết nhận xét rồi ký lại.',
    ],
    [
      'The comment of the committee is missing',
      'The grassroots committee comments on the self-review before it signs.',
      null,
      'Write the comment and sign again.',
    ],
  ),
  'transfer.supplement-sheet': said(
    [
      'Cần xác nhận phiếu bổ sung hồ sơ',
      'Phiếu bổ sung hồ sơ đảng viên phải đầy đủ đến thời điểm chuyển.',
      null,
      'Kiểm tra phiếu bổ sung, đánh dấu xác nhận rồi ký.',
    ],
    [
      'Confirm the supplement sheet',
      'The supplement to the member file has to be up to date at the transfer.',
      null,
      'Check it, tick the box, then sign.',
    ],
  ),
  'transfer.fees-unpaid': said(
    [
      'Đảng phí chưa đóng đến tháng này',
      'Đảng phí mới đóng hết {paidThrough}. Giấy giới thiệu ghi đảng phí đóng hết tháng viết giấy.',
      null,
      'Thu đảng phí đến hết tháng này rồi ghi lại tháng đã đóng.',
    ],
    [
      'Fees are not paid through this month',
      'Fees are paid through {paidThrough}. The letter says they are paid through the month in which it is written.',
      null,
      'Collect the fees through this month, then state the month again.',
    ],
  ),
  'transfer.fees-contradict': said(
    [
      'Tháng ghi khác với sổ đảng phí',
      'Theo sổ, đảng phí đã đóng hết {paidThrough}.',
      null,
      'Ghi đúng tháng theo sổ, hoặc ghi rõ vì sao giấy giới thiệu ghi khác. Những gì đã viết vẫn còn.',
    ],
    [
      'The month is not what the books say',
      'By the books, fees are paid through {paidThrough}.',
      null,
      'State the month of the books, or say why the letter states another. What you wrote is kept.',
    ],
  ),
  'transfer.meeting-impossible': said(
    [
      'Ngày họp chưa hợp lý',
      'Ngày họp chi bộ không được sau hôm nay, và không trước ngày nhận hồ sơ.',
      null,
      'Ghi lại đúng ngày chi bộ đã họp.',
    ],
    [
      'The day of the meeting cannot be right',
      'The cell cannot have met after today, nor before the papers came.',
      null,
      'Enter the day on which the cell met.',
    ],
  ),
}

/** The papers on their way, and the destination. */
const ON_THE_WAY: RefusalTexts = {
  'transfer.handed-on-impossible': said(
    [
      'Ngày giao hồ sơ chưa hợp lý',
      'Ngày giao hồ sơ niêm phong phải từ ngày giới thiệu đến hôm nay.',
      null,
      'Ghi lại ngày giao.',
    ],
    [
      'The day of handing over cannot be right',
      'It lies between the day of the referral and today.',
      null,
      'Enter the day again.',
    ],
  ),
  'transfer.received-on-impossible': said(
    [
      'Ngày nhận hồ sơ chưa hợp lý',
      'Ngày nhận phải từ ngày giao hồ sơ cho đảng viên đến hôm nay.',
      null,
      'Ghi lại ngày đảng viên xuất trình hồ sơ.',
    ],
    [
      'The day of reception cannot be right',
      'It lies between the day the file was handed over and today.',
      null,
      'Enter the day on which the member presented the file.',
    ],
  ),
  'transfer.presentation-unexplained': said(
    [
      'Cần giải trình vì xuất trình muộn',
      'Hạn xuất trình giấy giới thiệu là {presentBy}. Muộn hơn vẫn được nhận, nhưng cần lý do cụ thể.',
      'Giấy giới thiệu xuất trình trong 30 ngày làm việc kể từ ngày giới thiệu.',
      'Ghi lý do của đảng viên hoặc của tổ chức để muộn, rồi tiếp nhận.',
    ],
    [
      'Please explain why it was presented late',
      'The last day to present the letter was {presentBy}. It is still received, with concrete reasons.',
      'The letter is presented within 30 working days of the referral.',
      'State the reasons, then receive it.',
    ],
  ),
  'transfer.broken-seal-unexplained': said(
    [
      'Cần ghi rõ tình trạng niêm phong',
      'Niêm phong không còn nguyên thì phải ghi rõ hiện trạng khi nhận.',
      null,
      'Mô tả niêm phong rách, mất ở đâu và ai chứng kiến.',
    ],
    [
      'Describe the state of the seal',
      'A broken seal has to be described when the file is received.',
      null,
      'Write what is torn or missing and who saw it.',
    ],
  ),
  'transfer.police-confirmation-missing': said(
    [
      'Còn thiếu xác nhận của công an',
      'Làm lại giấy bị mất cần bản tường trình và xác nhận của công an nơi mất.',
      null,
      'Đảng viên đính kèm giấy xác nhận của công an vào hồ sơ, sau đó cấp lại.',
    ],
    [
      'The police confirmation is missing',
      'Lost papers are made anew on a written account and a confirmation by the police where they were lost.',
      null,
      'The member attaches the confirmation; then the letter is issued again.',
    ],
  ),
  'transfer.cell-unknown': said(
    [
      'Chưa chọn đúng chi bộ',
      'Chi bộ này không thuộc đảng bộ nơi đến, hoặc hôm nay không còn hoạt động.',
      null,
      'Chọn một chi bộ trong danh sách.',
    ],
    [
      'Not a cell of the destination',
      'This cell does not belong to the receiving organisation, or no longer exists.',
      null,
      'Choose a cell from the list.',
    ],
  ),
}

/** Every code thrown in this slice; a test compares them. */
export const TRANSFER_REFUSALS: RefusalTexts = {
  ...TURN,
  ...REQUEST,
  ...ROUTE,
  ...HANDLING,
  ...ON_THE_WAY,
}
