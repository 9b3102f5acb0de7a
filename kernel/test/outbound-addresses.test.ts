import { isPublicAddress, parseOutboundAllow } from '../src/http/outbound-addresses.ts';

describe('an address of the public internet', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '100.128.0.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('is %s', (address) => expect(isPublicAddress(address)).toBe(true));

  it.each([
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '10.0.0.1',
      '10.255.255.255',
      '100.64.0.1',
      '100.127.255.255',
      '127.0.0.1',
      '127.255.255.255',
    ],
    ...[
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
      '192.0.0.192',
      '192.0.2.1',
      '192.88.99.1',
      '198.18.0.1',
    ],
    ...[
      '198.19.255.255',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '239.255.255.255',
      '240.0.0.1',
      '255.255.255.255',
      '168.63.129.16',
    ],
    ...[
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
      '::ffff:7f00:1',
      '::127.0.0.1',
      '::ffff:0:8.8.8.8',
      'fe80::1',
      'fe80::1%eth0',
    ],
    ...[
      'febf::1',
      'fec0::1',
      'fc00::1',
      'fd00:ec2::254',
      'ff02::1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '100::1',
      '2001::1',
      '2001:0:7f00:1::',
    ],
    ...[
      '2001:db8::1',
      '2001:20::1',
      '2002:7f00:1::1',
      '2002:a00:1::',
      '3fff::1',
      '5f00::1',
      '2620:4f:8000::1',
      '2606:4700::1%1',
      '4000::1',
    ],
    ...['', 'localhost', '127.1', '0x7f000001', '1.1.1.1:80', '[2606:4700::1]', '1.1.1.1\n'],
  ])('is not %j', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('what an operator allows', () => {
  const allow = parseOutboundAllow(' Hooks.internal, git.internal:8443,10.1.0.0/16, 192.168.7.7,fd00:1::/32 ,');

  it.each([
    ['hooks.internal', '443', true],
    ['hooks.internal', '1', true],
    ['git.internal', '8443', true],
    ['git.internal', '443', false],
    ['internal', '443', false],
    ['evil.hooks.internal', '443', false],
  ])('is the host %s at port %s: %s', (host, port, expected) => expect(allow?.host(host, port)).toBe(expected));

  it.each([
    ['10.1.255.255', true],
    ['10.2.0.0', false],
    ['192.168.7.7', true],
    ['192.168.7.8', false],
    ['fd00:1:2::3', true],
    ['fd00:2::3', false],
    ['hooks.internal', false],
  ])('is the address %s: %s', (address, expected) => expect(allow?.address(address)).toBe(expected));

  it('is nothing where nothing is said', () => {
    expect(parseOutboundAllow('')?.host('a', '443')).toBe(false);
    expect(parseOutboundAllow('')?.address('10.0.0.1')).toBe(false);
  });

  it.each(['10.0.0.0/33', 'fd00::/129', '10.0.0.300', 'https://a', 'a/b', 'a b', '*.internal', 'a:b', '-a', 'a..b'])(
    'is never %s',
    (entry) => expect(parseOutboundAllow(`ok.internal,${entry}`)).toBeNull(),
  );
});
