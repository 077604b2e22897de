-- HIDEN FILE
secret
