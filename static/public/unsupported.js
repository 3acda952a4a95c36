document.getElementById('address').appendChild(document.createTextNode(location.protocol + '//' + location.host + '/'))
