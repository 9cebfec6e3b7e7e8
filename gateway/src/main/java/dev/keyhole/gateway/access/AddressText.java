package dev.keyhole.gateway.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Spells an address as getnameinfo(3) does, because wildcards are written against that: {@code 2001:db8::1}. */
final class AddressText {
    private AddressText() {}

    static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? address.getHostAddress() : shortest(bytes);
    }

    /** RFC 5952: no leading zeros, the first longest run of two or more zero groups left out. */
    private static String shortest(byte[] bytes) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 2) {
            groups.add(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
        }
        int longest = 0;
        int at = -1;
        for (int start = 0; start < groups.size(); start++) {
            int end = start;
            while (end < groups.size() && groups.get(end).equals("0")) {
                end++;
            }
            if (end - start > Math.max(longest, 1)) {
                longest = end - start;
                at = start;
            }
        }
        return at < 0
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, at))
                        + "::"
                        + String.join(":", groups.subList(at + longest, groups.size()));
    }
}
