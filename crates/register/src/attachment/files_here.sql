SELECT digest FROM file WHERE here = 1
