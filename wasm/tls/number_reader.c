#include "tls/number_reader.h"

void number_reader_expect(number_reader *r, unsigned size)
{
	r->value = 0;
	r->size = r->left = size;
}

int number_reader_take(number_reader *r, uint8_t byte)
{
	r->value = r->value << 8 | byte;
	r->left--;
	return r->left == 0;
}

int number_reader_fresh(const number_reader *r)
{
	return r->left == r->size;
}
