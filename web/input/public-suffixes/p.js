/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
pa abo gob ing med nom sld
page aem codeberg deuxfleurs ginta heyflow hlx linkyhost mybox mymagic omgs pdns plesk prod prvcy rocky solidres statichost vibekit
pe gob nom
pg *
ph cloudns i ngo
photos framer
pictures 1337
pizza ngrok
pk biz fam gkp gob gog gok gop gos web
pl ap.gov griw.gov ic.gov is.gov kmpsp.gov konsulat.gov kppsp.gov kwp.gov kwpsp.gov mup.gov mw.gov oia.gov oirm.gov oke.gov oow.gov oschr.gov oum.gov pa.gov pinb.gov piw.gov po.gov pr.gov psp.gov psse.gov pup.gov rzgw.gov sa.gov sdn.gov sko.gov so.gov sr.gov starostwo.gov ug.gov ugim.gov um.gov umig.gov upow.gov uppo.gov us.gov uw.gov uzs.gov wif.gov wiih.gov winb.gov wios.gov witd.gov wiw.gov wkz.gov wsa.gov wskr.gov wsse.gov wuoz.gov wzmiuw.gov zp.gov zpisdn.gov
place co ship
plus *.at.playit at.playit playit with.playit
pm name own
pr biz est info isla name pro prof
pro aaa aca acct avocat bar barsy cloudns cpa eng jur keenetic law med ngrok prod.enter recht
ps plo sec
pt 123paginaweb int nome publ
pub *.id *.kin barsy id kin
pw cloudns x443
py coop
qa name sch
re asso can netlib
reviews aem
rip clan
ro arts barsy firm info nom nt rec shop store tm www
rocks lima-city myddns stackit v6 webspace
rs barsy in ox shop.brendly
ru *.hosting.myjino *.landing.myjino *.spectrum.myjino *.vps.myjino adygeya bashkiria bir cbg dagestan eurodir grozny hb.cldmail hosting.myjino int kalmykia kustanai landing.myjino marine mcdir mcpre mircloud mordovia msk myjino mytis na4u nalchik nov pp pyatigorsk ras spb spectrum.myjino vladikavkaz vladimir vps.mcdir vps.myjino
run *.appwrite *.build *.code *.database *.migration appwrite build canva cloud code database development iran.liara liara lovable migration needle onporter ravendb repl rwx sanity sm stackit val vercel web.val wix
rw coop
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
pl
`;
