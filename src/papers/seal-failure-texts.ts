/** Why a paper could not be signed or sealed, as pages of stays and of residence comments say it to whoever waits. */
export const SEAL_FAILURES = {
  vi: {
    'signing.no-certificate':
      'Chưa có chứng thư số để ký hoặc đóng dấu. Báo người quản trị bổ sung rồi làm lại.',
    'signing.certificate-ended':
      'Chứng thư số để ký hoặc đóng dấu đã hết hạn. Báo người quản trị gia hạn rồi làm lại.',
    'signature.certificate-not-valid':
      'Chứng thư số để ký hoặc đóng dấu đã hết hạn. Báo người quản trị gia hạn rồi làm lại.',
    'signature.before-the-last':
      'Giấy mang chữ ký ghi giờ muộn hơn bây giờ: đồng hồ máy chủ đã sai. Báo người quản trị, rồi làm lại khi đã qua giờ đó.',
    'signing.token-away': 'Không thấy thiết bị ký số. Báo người quản trị cắm lại rồi làm lại.',
    'signing.token-slow': 'Thiết bị ký số trả lời quá chậm. Làm lại; nếu vẫn vậy, báo người quản trị.',
    'signing.pin-refused': 'Mã PIN ký số không được nhận. Báo người quản trị ghi lại PIN rồi làm lại.',
    'signing.not-confirmed': 'Người ký chưa xác nhận trên điện thoại. Làm lại và bấm xác nhận.',
    'signing.service-away': 'Dịch vụ ký số từ xa không dùng được lúc này. Làm lại sau ít phút.',
    'signing.wrong-key':
      'Chữ ký nhận được không phải của chứng thư, đã bị bỏ. Làm lại; nếu vẫn vậy, báo người quản trị.',
    'signing.changed-meanwhile': 'Giấy tờ đã thay đổi trong lúc chờ ký. Làm lại và xác nhận lần nữa.',
    'seal.no-room':
      'Máy chủ hết chỗ lưu giấy tờ. Việc đã ghi vẫn còn nguyên; người quản trị giải phóng chỗ rồi làm lại.',
    other: 'Lỗi kỹ thuật khi ký, đóng dấu. Làm lại; nếu vẫn lỗi, báo người quản trị.',
  } as Record<string, string>,
  en: {
    'signing.no-certificate':
      'There is no certificate to sign or seal with. Ask the administrator for it, then try again.',
    'signing.certificate-ended':
      'The certificate to sign or seal with has ended. Have it renewed, then try again.',
    'signature.certificate-not-valid':
      'The certificate to sign or seal with has ended. Have it renewed, then try again.',
    'signature.before-the-last':
      'The paper bears a signature later than now: the server’s clock was wrong. Tell the administrator, and try again after that time.',
    'signing.token-away': 'The signing token is not there. Have it plugged in, then try again.',
    'signing.token-slow': 'The signing token is too slow. Try again; if it stays, tell the administrator.',
    'signing.pin-refused': 'The PIN for signing was refused. Have the PIN written anew, then try again.',
    'signing.not-confirmed': 'The signer did not confirm on the phone. Try again and confirm.',
    'signing.service-away': 'The remote signing service cannot be used now. Try again in a few minutes.',
    'signing.wrong-key':
      'The signature was not of the certificate and was thrown away. Try again; if it stays, tell the administrator.',
    'signing.changed-meanwhile':
      'The paper changed while it was waited for. Try again and confirm once more.',
    'seal.no-room':
      'The server has no room for papers. What was done is kept; the administrator makes room, then try again.',
    other: 'A technical fault while signing or sealing. Try again; if it stays, tell the administrator.',
  } as Record<string, string>,
}
