package service

import (
	"image"
	"image/color"
	"math/bits"
)

// The likeness of a picture is 256 signs: whether it grows clearly darker from one
// cell of a grid to its right neighbour. A picture that was recompressed or
// made smaller keeps nearly all of them; another person's face does not.
const (
	likenessSide  = 16
	likenessStep  = 3  // of 256 shades: less is the noise of a plain ground
	likenessLeast = 32 // so many signs at least, or the picture shows too little to be known again
	likenessMost  = 12 // so many signs at most differ where it is the same picture
	likenessBands = 8
	likenessBand  = 3 // so many signs at least in a band by which is looked: those with fewer are the plain grounds of very many
	// likenessStride is prime to the number of signs: it scatters neighbours, so that no band is one edge of the picture.
	likenessStride = 37
)

// likeness gives the signs of a picture; none for one that is nearly plain.
func likeness(picture image.Image) []byte {
	cells := shades(picture)
	signs, print := 0, make([]byte, likenessSide*likenessSide/8)
	for y := range likenessSide {
		for x := range likenessSide {
			if cells[y][x]-cells[y][x+1] > likenessStep {
				n := (y*likenessSide + x) * likenessStride % (likenessSide * likenessSide)
				print[n/8] |= 1 << (n % 8)
				signs++
			}
		}
	}
	if signs < likenessLeast {
		return nil
	}
	return print
}

// likenessBandsOf cuts the signs into parts by which alike pictures are looked for; a print has one at least.
func likenessBandsOf(print []byte) (bands []string) {
	size := len(print) / likenessBands
	for i := range likenessBands {
		band := print[i*size : (i+1)*size]
		if signsIn(band) >= likenessBand {
			bands = append(bands, string(append([]byte{byte(i)}, band...)))
		}
	}
	return bands
}

func signsIn(print []byte) (n int) {
	for _, b := range print {
		n += bits.OnesCount8(b)
	}
	return n
}

// alike says that two pictures are the same, or nearly.
func alike(a, b []byte) bool {
	differ := 0
	for i := range min(len(a), len(b)) {
		differ += bits.OnesCount8(a[i] ^ b[i])
	}
	return len(a) == len(b) && len(a) > 0 && differ <= likenessMost
}

// shades is the mean brightness of every cell of the grid, one column wider than the signs.
func shades(picture image.Image) (cells [likenessSide][likenessSide + 1]int) {
	bounds := picture.Bounds()
	light := brightness(picture)
	for y := range cells {
		for x := range cells[y] {
			from, to := cell(bounds.Dx(), x, likenessSide+1), cell(bounds.Dx(), x+1, likenessSide+1)
			top, bottom := cell(bounds.Dy(), y, likenessSide), cell(bounds.Dy(), y+1, likenessSide)
			sum, n := 0, 0
			for py := top; py < bottom; py++ {
				for px := from; px < to; px++ {
					sum += light(bounds.Min.X+px, bounds.Min.Y+py)
					n++
				}
			}
			cells[y][x] = sum / max(n, 1)
		}
	}
	return cells
}

func cell(length, at, of int) int { return length * at / of }

// brightness reads a pixel's; a JPEG keeps it by itself.
func brightness(picture image.Image) func(x, y int) int {
	if p, ok := picture.(*image.YCbCr); ok {
		return func(x, y int) int { return int(p.Y[p.YOffset(x, y)]) }
	}
	return func(x, y int) int { return int(color.GrayModel.Convert(picture.At(x, y)).(color.Gray).Y) }
}
