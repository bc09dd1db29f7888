// What a TLS 1.2 server says first, byte for byte: a hello, a certificate that it signed itself, and
// that it is done (RFC 5246, section 7.4). A client checks the certificate before anything has to be
// computed with its key, so no key is needed, and no library.

import FoundationEssentials

extension Response {
  /// The beginning of a TLS connection to a server whose certificate nobody trusts; then it waits
  /// for the client to leave.
  public static var untrustedHandshake: Response {
    let certificate = Array(Data(base64Encoded: selfSigned) ?? Data())
    let random = (0..<32).map { UInt8($0) }
    // TLS_RSA_WITH_AES_128_GCM_SHA256, no compression, and the empty renegotiation_info that
    // clients insist on (RFC 5746).
    let hello = message(
      2, [3, 3] + random + [0, 0, 0x9C, 0, 0, 5, 0xFF, 1, 0, 1, 0])
    let list = sized(certificate, 3)
    let flight = hello + message(11, sized(list, 3)) + message(14, [])
    return Response(
      framing: .raw, body: [.bytes([22, 3, 3] + sized(flight, 2)), .gate(Gate())])
  }

  private static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    [type] + sized(body, 3)
  }

  /// The bytes after their count, big end first.
  private static func sized(_ bytes: [UInt8], _ width: Int) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes
  }

  /// For "untrusted", RSA with 2048 bits, good until 2126.
  private static let selfSigned = """
    MIIDCzCCAfOgAwIBAgIUPnUMmvRjGe5Akhif8XOgnLBnpbEwDQYJKoZIhvcNAQELBQAwFDESMBAGA1UEAwwJdW50\
    cnVzdGVkMCAXDTI2MTEyMzAxMjczMloYDzIxMjYxMDMwMDEyNzMyWjAUMRIwEAYDVQQDDAl1bnRydXN0ZWQwggEi\
    MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC7ZPDE+2bpIQFLholPfGtt9Uzjx7U0zsTvSF1Zt52UbfiUZvUD\
    zYd8yDYcVVHDGKfn6KxiBlW65jrhCoavqhMShpgDN03d1CCi2UXyLZdbT8nrCoXgD2J697nmXVYBNex0d3H1pzqI\
    cdxs6iIpqPPIL7fZUUrJdvHNMPQNVIb2+xi8OKK+KPhsudxY6PMwq4Voes5uanmGkmnWBq+pjlejQrjstxqxZgaQ\
    Dlczql9ygTe6G2gS9bPu4BJL8ntqzMgYSdHMqFSFoedJDYKjZcxwFDP8jN5RDewNQ3erK8yPui9/O5XtjRRwrJw2\
    qi2gassMciu0cc2iIcdmZzaxmWR1AgMBAAGjUzBRMB0GA1UdDgQWBBQCAJ/W0kYYvTUCwpZa6NOTKKvyLjAfBgNV\
    HSMEGDAWgBQCAJ/W0kYYvTUCwpZa6NOTKKvyLjAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQAZ\
    SgUHFL99C5aysOYCx1esjFpEe0djuGF1/VrOdeDqrWIoMJx5bbYedw773PMXhZMZy1wiUUCCZEmlL9zdoSF3VlAW\
    e7ZFJW+7qzs0Qy73ilgGN37eqJMLq7UpXj6nFVy7li28EyXI7p/WkWJgDcVsGOjOKUBeRPQ3dXH/ATW+wXzr06e0\
    OQGenr/ZvZ2BfT5Vr4pXy5SmqjF8KH6M36fdMLGykYJnpY1Ipj0CWKYSvvrDNGE6uTlaFtafl8fDLkCO0nY4kANY\
    I11h9/ePBE9Diii/Vr19eKY3T+gmpRuPQSpxGfkaTuodqRDZ5+PeH7KVLAq4MOtWwsEmvBfIut2U
    """
}
