package sandbox

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"
)

// sha1Hex is the official account's signature over its parts in sorted order.
func sha1Hex(parts ...string) string {
	sort.Strings(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// sealMessage encrypts a callback's XML as in safe mode (安全模式): 16 random bytes, length, XML, appid.
func sealMessage(c Credentials, text string) string {
	var plain bytes.Buffer
	plain.Write(randomBytes(16))
	plain.Write(binary.BigEndian.AppendUint32(nil, uint32(len(text))))
	plain.WriteString(text)
	plain.WriteString(c.AppID)
	pad := 32 - plain.Len()%32
	plain.Write(bytes.Repeat([]byte{byte(pad)}, pad))
	block, key := messageCipher(c)
	sealed := make([]byte, plain.Len())
	cipher.NewCBCEncrypter(block, key[:16]).CryptBlocks(sealed, plain.Bytes())
	return base64.StdEncoding.EncodeToString(sealed)
}

// openMessage decrypts what the site answers in safe mode.
func openMessage(c Credentials, text string) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(sealed) == 0 || len(sealed)%32 != 0 {
		return nil, fmt.Errorf("sealed answer is no multiple of 32 bytes in base64")
	}
	block, key := messageCipher(c)
	plain := make([]byte, len(sealed))
	cipher.NewCBCDecrypter(block, key[:16]).CryptBlocks(plain, sealed)
	pad := int(plain[len(plain)-1])
	if pad < 1 || pad > 32 || len(plain) < 20+pad {
		return nil, fmt.Errorf("sealed answer has a wrong padding")
	}
	plain = plain[:len(plain)-pad]
	size := int(binary.BigEndian.Uint32(plain[16:20]))
	if size > len(plain)-20 || string(plain[20+size:]) != c.AppID {
		return nil, fmt.Errorf("sealed answer is not for this account")
	}
	return plain[20 : 20+size], nil
}

func messageCipher(c Credentials) (cipher.Block, []byte) {
	key, err := base64.StdEncoding.DecodeString(c.EncodingAESKey + "=")
	if err != nil {
		panic(err) // we made the key ourselves
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	return block, key
}
