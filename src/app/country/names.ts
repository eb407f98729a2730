/**
 * Names of people as they are spread over Viet Nam, in round numbers: family names, middle names and given names, each with
 * how many of ten thousand bear it. Written down by us from general knowledge; no list of real people was used.
 */
import { foldName, titleSortKey } from '../../kernel/vietnamese-text.ts'

/** 'Nguyễn 3150, Trần 1090': a name and its share of ten thousand; the rest share what is left. */
const FAMILY = `Nguyễn 3100, Trần 1080, Lê 880, Phạm 590, Huỳnh 260, Hoàng 250, Võ 240, Vũ 250, Phan 280, Trương 220, Bùi 210, Đặng 190,
  Đỗ 190, Ngô 170, Hồ 150, Dương 140, Đinh 100, Lý 90, Mai 70, Đào 80, Lương 70, Hà 60, Trịnh 60, Cao 60, Đoàn 60, Tạ 50, Lâm 60,
  Tô 40, Thái 40, Nông 40, Lò 40, Chu 40, Châu 30, Quách 20, Phùng 30, Kiều 20, La 20, Vương 30, Từ 20, Tăng 20, Văn 15, Lưu 30,
  Hứa 20, Triệu 30, Hoàng Văn 5, Tống 15, Thạch 20, Sơn 12, Kim 12, Danh 12, Lục 10, Ma 10, Vi 15, Quàng 12, Cà 8, Giàng 20, Sùng 12,
  Vàng 12, Thào 8, Mùa 6, Hạng 6, Lầu 6, Cầm 8, Bế 8, Mã 8, Đàm 12, Doãn 8, Khuất 6, Bạch 8, Khổng 6, Nghiêm 8, Phí 5, Tôn 5, Ông 4,
  Mạc 8, Giáp 8, Ninh 8, Viên 3, Hàn 5, Lại 10, Cù 4, Cung 3, Âu 4, Diệp 8, Khưu 4, Trà 4, Thi 4, Ngụy 4, Đồng 6, Đổng 3, Lã 6, Ung 2,
  Mẫn 2, Trang 5, Liêu 3, Tiêu 4, Lộc 2, Hầu 3, Lỷ 3, Chảo 4, Tẩn 4, Phàn 4, Bàn 8, Đèo 3, Lường 12, Tòng 8, Hà Văn 2, Rơ 3, Siu 6,
  Ksor 6, Rmah 5, Kpă 4, Nay 4, Niê 8, Hlong 2, Ayun 3, Êban 3, Mlô 4, Ka 3, Bá 3, Đàng 3, Thuận 2, Quảng 2, Lo 2, Pờ 2, Xa 2, Phà 2`

const MIDDLE_MALE = `Văn 2400, Hữu 420, Đức 430, Công 330, Quốc 330, Minh 420, Xuân 300, Thanh 330, Ngọc 300, Đình 330, Quang 300, Hoàng 220,
  Anh 160, Duy 160, Trọng 160, Tiến 120, Mạnh 130, Thế 150, Bá 130, Trung 100, Tuấn 110, Hồng 120, Viết 90, Khắc 60, Phúc 60, Gia 60,
  Thành 100, Chí 70, Nhật 60, Đăng 70, Hải 60, Huy 60, Kim 60, Sỹ 60, Phước 60, Tấn 80, Vĩnh 40, Như 40, Bảo 40, Cao 40, Nam 30,
  Thái 40, Việt 40, Ích 8, Danh 20, Doãn 15, Vũ 20, Quý 20, Hùng 30, Phi 15, Thiện 15, Trường 30, Tất 20, Lâm 15, Nguyên 20, Song 4`

const MIDDLE_FEMALE = `Thị 5200, Ngọc 330, Thanh 200, Thu 150, Kim 130, Minh 100, Hồng 100, Bích 80, Mỹ 80, Phương 100, Thùy 80, Hoài 50, Hải 40,
  Lan 20, Diệu 30, Mai 40, Xuân 40, Tuyết 20, Thúy 50, Quỳnh 50, Khánh 40, Ánh 20, Như 40, Bảo 20, Cẩm 30, Trúc 20, Tường 10,
  Hương 20, Việt 10, Vân 20, Hà 20, Huyền 20, Nhật 10, Yến 10, Linh 10, Tú 10, Thục 8, Gia 8, Hạnh 8, Châu 8`

/** Second words of a middle name of two: 'Hữu Quốc', 'Thị Thu'. */
const SECOND_MALE = `Quốc 10, Đức 10, Minh 10, Ngọc 10, Thanh 9, Xuân 9, Hoàng 8, Quang 8, Hải 7, Trung 7, Bảo 5, Anh 8, Việt 6, Hồng 6, Kim 4, Khánh 4, Như 3,
  Công 5, Hữu 5, Thế 5, Trọng 5, Tuấn 5, Gia 3, Nhật 4, Huy 4, Duy 6, Tiến 5, Phước 4, Thành 5, Hoài 3, Thái 3`
const SECOND_FEMALE = `Thu 14, Thanh 14, Ngọc 14, Hồng 12, Kim 12, Minh 12, Bích 8, Phương 10, Mai 8, Lan 6, Thúy 8, Thùy 8, Hải 8, Hoài 6, Xuân 8, Mỹ 8,
  Quỳnh 6, Diệu 5, Tuyết 4, Anh 8, Vân 6, Khánh 6, Như 5, Ánh 5, Cẩm 4, Hà 4, Việt 4, Hương 4, Bảo 3, Tường 2, Trúc 3`

const GIVEN_MALE = `Hùng 270, Dũng 240, Tuấn 250, Hải 220, Thắng 190, Cường 200, Minh 210, Hiếu 140, Sơn 190, Long 150, Nam 170, Bình 160, Thành 180, Trung 150,
  Đức 150, Quang 130, Tùng 110, Huy 130, Hoàng 130, Tâm 110, Phong 110, Khánh 80, Kiên 90, Tiến 130, Phúc 100, An 80, Anh 150, Vinh 90,
  Thọ 40, Lâm 80, Việt 80, Duy 90, Đạt 110, Lợi 60, Hưng 120, Toàn 100, Thái 80, Tú 90, Hòa 110, Hậu 60, Hạnh 40, Quân 100, Quý 70,
  Thanh 110, Xuân 60, Phương 60, Nghĩa 80, Nhân 60, Trí 50, Tín 40, Lộc 60, Phước 50, Khoa 60, Khôi 30, Nguyên 50, Thịnh 70, Vũ 80, Giang 50,
  Chiến 70, Công 50, Quyết 40, Trường 70, Linh 40, Lượng 30, Mạnh 80, Ngọc 50, Nhật 40, Đông 40, Đăng 40, Điệp 20, Hiền 30, Hà 50, Hân 10,
  Chung 40, Chính 50, Bảo 60, Bằng 40, Cảnh 40, Cương 30, Danh 20, Diện 10, Định 40, Đoàn 25, Đồng 25, Hào 30, Hiển 25, Hiệp 50, Hoan 20,
  Học 15, Huân 25, Huấn 20, Khải 35, Khang 40, Khiêm 15, Kỳ 20, Lực 30, Luân 30, Luật 10, Lương 20, Nhã 10, Ninh 30, Pháp 10, Phát 50, Phú 60,
  Quốc 40, Quyền 40, Sáng 25, Sinh 30, Sỹ 25, Tài 70, Tân 50, Thạch 20, Thao 15, Thiện 50, Thông 40, Thuận 50, Thụy 15, Tiệp 15, Toản 30, Tới 10,
  Triều 15, Trọng 40, Trực 20, Tuyên 30, Tuyến 30, Tường 25, Văn 40, Viên 10, Vượng 40, Vương 25, Xô 3, Ý 10, Yên 10, Biên 15, Bộ 10, Chinh 20,
  Chương 25, Doanh 20, Đại 30, Đệ 8, Độ 10, Hảo 20, Hoài 20, Hội 15, Khương 15, Lăng 4, Lễ 10, Lĩnh 10, Mẫn 10, Nghị 15, Ngữ 4, Phụng 10, Soạn 5, Tạo 10,
  Tấn 25, Thăng 20, Thân 20, Thi 20, Thiệu 8, Thìn 15, Thơ 15, Thới 4, Tỉnh 8, Tĩnh 15, Trình 20, Tụ 5, Tứ 10, Út 5, Vọng 4, Y 5`

const GIVEN_FEMALE = `Hương 250, Lan 190, Hoa 190, Mai 170, Hà 200, Hằng 190, Thủy 200, Nga 140, Linh 190, Phương 190, Trang 190, Huyền 150, Thảo 170, Ngọc 150, Anh 190,
  Hạnh 150, Hồng 150, Hiền 180, Yến 120, Oanh 90, Loan 90, Nhung 110, Thu 130, Dung 130, Tuyết 90, Vân 140, Xuân 80, Tâm 100, Thanh 120, Bình 70,
  Liên 100, Minh 60, Lý 50, Liễu 30, Hòa 90, Huệ 100, Cúc 40, Đào 50, Phượng 100, Quyên 70, Trinh 60, Trâm 60, Vy 60, My 60, Nhi 60, Như 50, Ngân 90,
  Nguyệt 80, Nhàn 40, Ánh 60, Bích 50, Châu 50, Chi 70, Diễm 25, Diệp 25, Diệu 25, Duyên 70, Giang 60, Hậu 30, Hoài 40, Hoàn 30, Hợp 20, Hường 50, Khánh 40,
  Kiều 40, Kim 40, Lam 20, Lành 15, Lệ 40, Liêm 10, Luyến 25, Lương 30, Mận 10, Miền 10, Mơ 10, Mỹ 40, Na 20, Nết 5, Nụ 10, Phúc 30, Quế 25, Quý 20,
  Quỳnh 90, Sen 30, Sương 30, Thắm 30, Thắng 20, Thoa 40, Thơ 25, Thơm 30, Thúy 110, Thùy 70, Thư 50, Thương 60, Tiên 30, Tình 25, Tính 8, Trà 25,
  Trúc 25, Tú 30, Tươi 20, Tuyền 30, Uyên 50, Vui 15, Xuyến 15, Ái 10, An 40, Bé 8, Cẩm 15, Chinh 20, Chuyên 8, Dịu 20, Doan 5, Đoan 8, Gấm 8, Hải 50,
  Hân 30, Hảo 20, Hiếu 10, Hoan 10, Khuyên 10, Là 3, Lài 8, Lê 15, Lợi 10, Luận 5, Lựu 6, Mến 15, Muội 3, Nghĩa 15, Ngoan 10, Nhạn 8, Nhã 10,
  Nhiên 10, Ninh 10, Nương 8, Phấn 8, Thái 20, Thành 15, Thêm 8, Thi 25, Thìn 10, Toan 4, Trầm 3, Vinh 15, Vượng 8, Xoan 8, Ý 10, Y 5`

/** One of so many equal chances: a name is drawn by a number below this. */
export const SLOTS = 10_000

export interface NamePart {
  readonly list: number
  readonly slot: number
  /** null: nothing stands there, as in 'Lê Anh' */
  readonly text: string | null
  readonly norm: string | null
  readonly key: string | null
}

/** Lists by number: 0 family; 1 and 2 middle, 3 and 4 given, of men and of women. */
export function nameParts(): NamePart[] {
  const lists = [
    shares(FAMILY),
    middles(MIDDLE_MALE, SECOND_MALE, 0.62, 0.05),
    middles(MIDDLE_FEMALE, SECOND_FEMALE, 0.4, 0.02),
    shares(GIVEN_MALE),
    shares(GIVEN_FEMALE),
  ]
  return lists.flatMap((list, number) =>
    spread(list).map((text, slot) => ({
      list: number,
      slot,
      text,
      norm: text === null ? null : foldName(text),
      key: text === null ? null : titleSortKey(text),
    })),
  )
}

type Shares = readonly (readonly [string | null, number])[]

function shares(text: string): Shares {
  return text.split(',').map((each) => {
    const [, name = '', share = ''] = /^\s*(.+?) (\d+)\s*$/s.exec(each) ?? []
    return [name, Number(share)]
  })
}

/** @param single share of those with one middle name, `none` of those without; the others have two */
function middles(text: string, second: string, single: number, none: number): Shares {
  const firsts = shares(text)
  const seconds = shares(second)
  const [all, allSeconds] = [sum(firsts), sum(seconds)]
  return [
    [null, none],
    ...firsts.map(([name, share]) => [name, (single * share) / all] as const),
    ...firsts.flatMap(([first, share]) =>
      seconds
        .filter(([second]) => second !== first)
        .map(
          ([second, other]) =>
            [`${first} ${second}`, ((1 - single - none) * (share / all) * other) / allSeconds] as const,
        ),
    ),
  ]
}

const sum = (list: Shares): number => list.reduce((total, [, share]) => total + share, 0)

/** Each name as often as its share says, and at least once: `SLOTS` in all, the most frequent give way. */
function spread(list: Shares): (string | null)[] {
  const total = sum(list)
  const byShare = [...list].sort(([, a], [, b]) => a - b)
  const slots: (string | null)[] = []
  let [left, leftShare] = [SLOTS, total]
  for (const [name, share] of byShare) {
    const count = Math.max(1, Math.round((share / leftShare) * left))
    for (let nth = 0; nth < count && slots.length < SLOTS; nth += 1) slots.push(name)
    left -= count
    leftShare -= share
  }
  while (slots.length < SLOTS) slots.push(byShare.at(-1)![0])
  return slots
}
