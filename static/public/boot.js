// Plain old script on purpose: it must run where the pages themselves cannot.
;(function () {
  if (!('noModule' in document.createElement('script') && 'finally' in Promise.prototype)) {
    location.replace('/unsupported.html')
    return
  }
  setTimeout(function () {
    var words = document.getElementById('boot-words')
    if (words) words.innerHTML = '网络较慢，仍在打开…<br>如一直停在这里，请检查网络，或更新微信、浏览器后重新打开。'
  }, 12000)
})()
