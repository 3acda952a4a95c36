package handler

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"xinsheng/enroll"
	"xinsheng/service"
)

type commitmentView struct {
	Title        string `json:"title"`
	Body         string `json:"body"`
	Version      string `json:"version"`
	Hash         string `json:"hash"`
	SignedAt     int64  `json:"signed_at"`
	SignatureURL string `json:"signature_url,omitempty"`
	PaperURL     string `json:"paper_url,omitempty"`
	TypedName    string `json:"typed_name,omitempty"`
}

func (h *Handler) commitment(c *gin.Context, v *service.Visit) (any, error) {
	letter, err := h.svc.Commitment(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	view := commitmentView{Title: letter.Text.Title, Body: letter.Body, Version: strconv.Itoa(letter.Text.Version), Hash: letter.Text.Hash}
	if g := letter.Signature; g != nil {
		view.TypedName = g.TypedName
		view.SignedAt, view.SignatureURL = g.At.UnixMilli(), base(v)+"/commitment/signature?"+g.ID
		if g.PDF != "" {
			view.PaperURL = base(v) + "/commitment/paper"
		}
	}
	return view, nil
}

func (h *Handler) signCommitment(c *gin.Context, v *service.Visit) (any, error) {
	var signed struct {
		Version   string `json:"version"`
		Hash      string `json:"hash"`
		Signature string `json:"signature"`
		TypedName string `json:"typed_name"`
	}
	if err := bind(c, &signed); err != nil {
		return nil, err
	}
	version, err := strconv.Atoi(signed.Version)
	if err != nil {
		return nil, enroll.Fail("commitment_outdated").Because(err)
	}
	if err := h.svc.SignCommitment(c.Request.Context(), v, version, signed.Hash, service.Signing{Signature: signed.Signature, TypedName: signed.TypedName}); err != nil {
		return nil, err
	}
	return h.me(c, v)
}

func (h *Handler) commitmentPicture(c *gin.Context, v *service.Visit) (any, error) {
	body, err := h.svc.CommitmentPicture(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimePNG, body)
	return nil, nil
}

func (h *Handler) commitmentPaper(c *gin.Context, v *service.Visit) (any, error) {
	body, err := h.svc.CommitmentPDF(c.Request.Context(), v)
	if err != nil {
		return nil, err
	}
	sendFile(c, enroll.MimePDF, body)
	return nil, nil
}
