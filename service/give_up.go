package service

import "xinsheng/enroll"

// fillGiveUp keeps the sentence as the student typed it; its marks tell the page which characters differ.
func fillGiveUp(d ApplicationDraft, a *enroll.Application) error {
	same, marks := enroll.CompareSentence(d.Sentence, enroll.GiveUpSentence)
	if !same {
		return enroll.FailField("sentence", "application_sentence").With("marks", marks)
	}
	a.Sentence = enroll.SentenceClean(d.Sentence)
	return nil
}
