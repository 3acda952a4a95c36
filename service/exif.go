package service

import (
	"bytes"
	"encoding/binary"
)

// orientation reads how a JPEG wants to be turned, 1 to 8; 1 where it says
// nothing or nonsense. Nothing else of the metadata is read, and none is kept.
func orientation(body []byte) int {
	for at := 2; at+4 <= len(body) && body[at] == 0xff; {
		marker, length := body[at+1], int(binary.BigEndian.Uint16(body[at+2:]))
		if marker == 0xda || length < 2 || at+2+length > len(body) {
			return 1
		}
		segment := body[at+4 : at+2+length]
		if tiff, found := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); found && marker == 0xe1 {
			return tiffOrientation(tiff)
		}
		at += 2 + length
	}
	return 1
}

const tagOrientation = 0x0112

func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(tiff[4:]))
	if start+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[start+2:]
	for range order.Uint16(tiff[start:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == tagOrientation {
			return sensible(int(order.Uint16(entries[8:])))
		}
		entries = entries[12:]
	}
	return 1
}

func sensible(orientation int) int {
	if orientation < 1 || orientation > 8 {
		return 1
	}
	return orientation
}
