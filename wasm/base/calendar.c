#include "base/calendar.h"

static int leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in(int year, int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return days[month - 1] + (month == 2 && leap(year));
}

/* Days before 1 January of a year, counted from year 0. */
static int64_t days_before(int year)
{
	int y = year - 1;
	return year <= 0 ? 0 : (int64_t)y * 365 + y / 4 - y / 100 + y / 400 + 366;
}

int calendar_to_unix(int year, int month, int day, int hour, int minute, int second, int64_t *out)
{
	if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)
		|| hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
		return -1;
	}
	int64_t days = days_before(year) - days_before(1970) + day - 1;
	for (int m = 1; m < month; m++) {
		days += days_in(year, m);
	}
	*out = days * 86400 + hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
	return 0;
}

static char *put_number(char *p, int value, int width)
{
	for (int i = width - 1; i >= 0; i--, value /= 10) {
		p[i] = (char)('0' + value % 10);
	}
	return p + width;
}

void calendar_text(int64_t unix_time, char out[CALENDAR_TEXT])
{
	const int64_t first = -days_before(1970) * 86400;
	const int64_t last = (days_before(9999) + 365 - days_before(1970)) * 86400 - 1;
	int64_t t = unix_time < first ? first : unix_time > last ? last : unix_time;
	int64_t days = (t - first) / 86400;
	int seconds = (int)((t - first) % 86400);

	int year = (int)(days / 366);
	while (days_before(year + 1) <= days) {
		year++;
	}
	int rest = (int)(days - days_before(year)), month = 1;
	while (rest >= days_in(year, month)) {
		rest -= days_in(year, month++);
	}
	char *p = put_number(out, year, 4);
	*p++ = '-';
	p = put_number(p, month, 2);
	*p++ = '-';
	p = put_number(p, rest + 1, 2);
	*p++ = 'T';
	p = put_number(p, seconds / 3600, 2);
	*p++ = ':';
	p = put_number(p, seconds / 60 % 60, 2);
	*p++ = ':';
	p = put_number(p, seconds % 60, 2);
	*p++ = 'Z';
	*p = '\0';
}

static int number(const char **p, int width)
{
	int value = 0;
	for (int i = 0; i < width; i++, (*p)++) {
		if (**p < '0' || **p > '9') {
			return -1;
		}
		value = value * 10 + (**p - '0');
	}
	return value;
}

static int expect(const char **p, char a, char b)
{
	if (**p != a && **p != b) {
		return -1;
	}
	(*p)++;
	return 0;
}

int calendar_parse(const char *text, int64_t *out)
{
	const char *p = text;
	int year = number(&p, 4);
	if (year < 0 || expect(&p, '-', '-') != 0) {
		return -1;
	}
	int month = number(&p, 2);
	if (month < 0 || expect(&p, '-', '-') != 0) {
		return -1;
	}
	int day = number(&p, 2);
	if (day < 0 || expect(&p, 'T', 't') != 0) {
		return -1;
	}
	int hour = number(&p, 2);
	if (hour < 0 || expect(&p, ':', ':') != 0) {
		return -1;
	}
	int minute = number(&p, 2);
	if (minute < 0 || expect(&p, ':', ':') != 0) {
		return -1;
	}
	int second = number(&p, 2);
	if (second < 0) {
		return -1;
	}
	if (*p == '.') {
		p++;
		if (number(&p, 1) < 0) {
			return -1;
		}
		while (*p >= '0' && *p <= '9') {
			p++;
		}
	}
	int sign = *p == '+' ? 1 : *p == '-' ? -1 : 0;
	int offset = 0;
	if (sign != 0) {
		p++;
		int h = number(&p, 2);
		if (h < 0 || expect(&p, ':', ':') != 0) {
			return -1;
		}
		int m = number(&p, 2);
		if (m < 0 || h > 23 || m > 59) {
			return -1;
		}
		offset = sign * (h * 3600 + m * 60);
	} else if (expect(&p, 'Z', 'z') != 0) {
		return -1;
	}
	if (*p != '\0' || calendar_to_unix(year, month, day, hour, minute, second, out) != 0) {
		return -1;
	}
	*out -= offset;
	return 0;
}
