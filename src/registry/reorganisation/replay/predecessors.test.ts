/** The phrases of the source as they stand there, typing errors included: whole ones, parts, and what nobody should guess. */
import { expect, test } from 'vitest'
import { keyOf, readPredecessors } from './predecessors.ts'

const said = (prose: string) => {
  const { kept, named, unparsed } = readPredecessors(prose)
  return [
    ...(kept ? ['kept'] : []),
    ...named.map(({ name, share }) => (share === 'whole' ? name : `${name}: ${share}`)),
    ...unparsed.map((text) => `? ${text}`),
  ]
}

test.each<[string, string[]]>([
  ['giữ nguyên', ['kept']],
  ['Xã Ba Trại', ['Xã Ba Trại']],
  ['xã Bà Gia', ['Xã Bà Gia']],
  ['Huyện Côn Đảo', ['Huyện Côn Đảo']],
  [
    'Xã Bắc Sơn, Xã Hồng Kỳ, Xã Nam Sơn và Xã Trung Giã',
    ['Xã Bắc Sơn', 'Xã Hồng Kỳ', 'Xã Nam Sơn', 'Xã Trung Giã'],
  ],
  ['Thị trấn Nông trường Phong Hải, Xã Bản Cầm', ['Thị trấn Nông trường Phong Hải', 'Xã Bản Cầm']],
  ['Xã Tân Xã, Xã Tứ Xã', ['Xã Tân Xã', 'Xã Tứ Xã']],
  ['Xã An Trạch A, Xã Xuân Thọ 1', ['Xã An Trạch A', 'Xã Xuân Thọ 1']],
  ['Xã Kim Thượng, Xã Kim Thượng', ['Xã Kim Thượng']],
])('whole ones: %s', (prose, expected) => expect(said(prose)).toEqual(expected))

test.each<[string, string[]]>([
  ['Xã Long Thới (huyện Chợ Lách), Xã Hòa Nghĩa', ['Xã Long Thới (huyện Chợ Lách)', 'Xã Hòa Nghĩa']],
  ['Xã Đăk Long (thuộc huyện Đăk Hà), Xã Đăk Pxi', ['Xã Đăk Long (huyện Đăk Hà)', 'Xã Đăk Pxi']],
  [
    'Thị trấn Châu Thành (huyện Châu Thành, tỉnh Bến Tre), Xã Tân Thạch',
    ['Thị trấn Châu Thành (huyện Châu Thành, tỉnh Bến Tre)', 'Xã Tân Thạch'],
  ],
  ['Thị trấn Sông Đốc (bao gồm cụm đảo Hòn Chuối), Xã Phong Điền', ['Thị trấn Sông Đốc', 'Xã Phong Điền']],
  [
    'Phường 1, Phường 2, Phường 5 (thành phố Vũng Tàu), Phường Thắng Nhì',
    [
      'Phường 1 (thành phố Vũng Tàu)',
      'Phường 2 (thành phố Vũng Tàu)',
      'Phường 5 (thành phố Vũng Tàu)',
      'Phường Thắng Nhì',
    ],
  ],
])('where they lay: %s', (prose, expected) => expect(said(prose)).toEqual(expected))

test.each<[string, string[]]>([
  [
    'Phường Trúc Bạch, một phần diện tích TN, quy mô dân số của các phường Cửa Nam, Điện Biên, một phần diện tích TN của phường Thụy Khuê, phần còn lại của phường Cửa Đông, Đồng Xuân sau khi sắp Xếp',
    [
      'Phường Trúc Bạch',
      'Phường Cửa Nam: part',
      'Phường Điện Biên: part',
      'Phường Thụy Khuê: land',
      'Phường Cửa Đông: rest',
      'Phường Đồng Xuân: rest',
    ],
  ],
  [
    'Toàn bộ diện tích TN, quy mô dân số của các phường Phường Giảng Võ và Phường Cát Linh, Phường Kim Mã (phần còn lại sau khi sáp nhập vào phường Ba Đình, phường Ngọc Hà)',
    ['Phường Giảng Võ', 'Phường Cát Linh', 'Phường Kim Mã: rest'],
  ],
  [
    'Phường Phúc Xá,một phần diện tích TN, quy mô dân số của các phường Phường Nhật Tân, Phường Tứ Liên',
    ['Phường Phúc Xá', 'Phường Nhật Tân: part', 'Phường Tứ Liên: part'],
  ],
  [
    'Sắp xếp một phần diện tích TN, quy mô dân số của các phường Phường Giáp Bát, Phường Yên Sở',
    ['Phường Giáp Bát: part', 'Phường Yên Sở: part'],
  ],
  [
    'Xã Tiên Dược,một phần diện tích TN, toàn bộ quy mô dân số của của Xã Mai Đình, một phần diện tích TN của Xã Phú Minh, Xã Quang Tiến',
    ['Xã Tiên Dược', 'Xã Mai Đình: people', 'Xã Phú Minh: land', 'Xã Quang Tiến: land'],
  ],
  ['một phần diện tích TN, toàn bố quy mô dân số của phường Phường Tây Tựu', ['Phường Tây Tựu: people']],
  [
    'Xã Lệ Chi và phần còn lai của Xã Phú Sơn (huyện Gia Lâm) (phần còn lại sau khi sáp nhập vào xã Gia Lâm)',
    ['Xã Lệ Chi', 'Xã Phú Sơn (huyện Gia Lâm): rest'],
  ],
  ['Xã Bảo Khê và phần còn lại củ Xã Ngọc Thanh', ['Xã Bảo Khê', 'Xã Ngọc Thanh: rest']],
  [
    'Phường Minh Khai, phần còn lại của Phường Quang Trung sau khi sắp xếp và Xã Phong Quang',
    ['Phường Minh Khai', 'Phường Quang Trung: rest', 'Xã Phong Quang'],
  ],
  [
    'Xã Pà Cò, và phần còn lại của Xã Đồng Tân sau khi sắp xếp theo quy định tại khoản 119 Điều này',
    ['Xã Pà Cò', 'Xã Đồng Tân: rest'],
  ],
  [
    'Xã Tiền Phong và một phần diện tích tự nhiên, quy mô dân số của xã Xã Vầy Nưa',
    ['Xã Tiền Phong', 'Xã Vầy Nưa: part'],
  ],
  ['một phần diện tích tự nhiên, quy mô dân số của xã Yên Định Xã Yên Định', ['Xã Yên Định: part']],
  [
    'Xã Khánh Bình Tây Bắc, Xã Trần Hợi (một phần), Xã Hàm Rồng (phần còn lại)',
    ['Xã Khánh Bình Tây Bắc', 'Xã Trần Hợi: part', 'Xã Hàm Rồng: rest'],
  ],
  [
    'một phần diện tích TN, toàn bộ quy mô dân số của Xã Xuân Nộn, Thị trấn Đông Anh và các Xã Liên Hà (huyện Đông Anh)',
    ['Xã Xuân Nộn: people', 'Thị trấn Đông Anh: people', 'Xã Liên Hà (huyện Đông Anh): people'],
  ],
])('parts: %s', (prose, expected) => expect(said(prose)).toEqual(expected))

test('a list whose first alone says what all are: they are that', () => {
  expect(said('Phường Trần Hưng Đạo (thành phố Kon Tum), Lê Lợi, Nguyễn Trãi')).toEqual([
    'Phường Trần Hưng Đạo (thành phố Kon Tum)',
    'Phường Lê Lợi',
    'Phường Nguyễn Trãi',
  ])
})

test.each<[string, string[]]>([
  ['', ['? ']],
  ['Krông Na', ['? Krông Na']],
  // In a list that says it of each, one that says nothing may be a commune, a ward or a town.
  ['Xã Lạc Tấn, Xã Nhị Thành, Thủ Thừa', ['Xã Lạc Tấn', 'Xã Nhị Thành', '? Thủ Thừa']],
  ['Phường 4 (Quận 8), Rạch Ông, Phường Hưng Phú', ['Phường 4 (Quận 8)', 'Phường Hưng Phú', '? Rạch Ông']],
  ['Thôn Mịch A, Xã Thuận Hòa', ['Xã Thuận Hòa', '? Thôn Mịch A']],
  [
    'Xã Kim Đông và khu vực bãi bồi ven biển (do huyện Kim Sơn quản lý)',
    ['Xã Kim Đông', '? khu vực bãi bồi ven biển (do huyện Kim Sơn quản lý)'],
  ],
])('what is not understood is listed, not guessed: %j', (prose, expected) =>
  expect(said(prose)).toEqual(expected),
)

test('one name is one key, however it is written', () => {
  expect(keyOf('Xã Hoà Bình (huyện X)')).toBe(keyOf('xã  Hòa Bình (Huyện X)'))
  expect(keyOf('Xã Hoa Bình')).not.toBe(keyOf('Xã Hòa Bình'))
  expect(keyOf('Xã Phú Sơn (huyện Gia Lâm)')).not.toBe(keyOf('Xã Phú Sơn'))
})
