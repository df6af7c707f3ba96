/** Carries the socket's address to the library; a client's own header of this name is dropped. */
export const ADDRESS_HEADER = 'x-portcullis-address';
